"""What leaves the store on paper, and the supervisor's queue: previews, saving, submitted assessments."""
