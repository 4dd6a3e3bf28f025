"""What holds for experts, pools and avoidance. Pure: facts in, findings out; standard library only."""
