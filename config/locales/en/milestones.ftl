### The round numbers of rejections, said once in the private answer to the log that reaches one. See milestones.toml.
### It is about what was risked. No praise for a no, no lesson, and no promise of what will come.

milestone-10 = This is number ten in your list. Ten times you asked for something that mattered to you.
milestone-25 = This is number twenty-five in your list. Twenty-five doors that you knocked on yourself.
milestone-50 = This is number fifty in your list. Fifty times you put yourself forward. Rest is allowed here as well: `/me pause` holds every message.
milestone-100 = This is number one hundred in your list. Some people set out to collect a hundred noes, because it means having asked a hundred times.
# A button: opens what followed, as `/insights progress` does
milestone-look = What followed
