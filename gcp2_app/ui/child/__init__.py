"""One child: who they are, their assessments, and the people around them."""
