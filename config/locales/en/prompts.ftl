### One prompt a week for the group's channel. Everybody can read it, so it asks for no feeling, no rejection, no score
### and no name of a program. It asks about work, people and small things that help. A prompt can be skipped.

prompt-01 = What is one small thing you finished this week?
prompt-02 = Which action are you choosing for the week ahead? Keep it small enough to finish.
prompt-03 = What helped you start when you did not want to?
prompt-04 = Share one free resource that saved you time. A link is welcome.
prompt-05 = Who helped you lately? You can thank them here, with or without a name.
prompt-06 = What do you do on a rest day that gives you rest?
prompt-07 = Which line of your CV did you make clearer? Show before and after if you like.
prompt-08 = What question would you like to ask a resident who was an IMG?
prompt-09 = What can you explain well? Offer ten minutes of it to somebody here.
prompt-10 = Who wants a mock interview partner this week? Say your time zone.
prompt-11 = Which word or phrase in interview English did you learn lately?
prompt-12 = What is the best first line of an email that you have written or read?
prompt-13 = What did you stop doing, and what did it free?
prompt-14 = Where do you study or write? Describe the place in one sentence.
prompt-15 = Which skill from your home hospital are you glad to have?
prompt-16 = How do you keep track of dates? Show the method, not the dates.
prompt-17 = What would you tell yourself one year ago about getting started?
prompt-18 = Name one thing you will leave for next week, on purpose.
prompt-19 = Which paper or talk made you curious lately?
prompt-20 = What does a good twenty minutes of work look like for you?
prompt-21 = Who is studying this week? Find a partner here for one shared hour.
prompt-22 = What do you cook, watch or listen to after a long day?
prompt-23 = Which official page did you find useful? Post the link and what it answers.
prompt-24 = What do you want to ask this group for help with this week?
prompt-25 = Which habit can you keep on a bad day as well?
prompt-26 = What did somebody here say that stayed with you?
