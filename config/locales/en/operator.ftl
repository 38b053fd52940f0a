### One direct message to whoever runs the bot, once a day for each reason. `$reason` is a short code, never a text of anybody's.

operator-alarm = **The bot you run needs a look.** { $reason ->
    [disk-nearly-full] The disk is 90 % full. When it is full, nothing can be saved. Please make room.
    [no-room-for-a-backup] There is no room for the nightly backup, so none was made. Please make room.
    [backup-failed] The nightly backup could not be made. The log says why.
    [health-tick] No check-in has gone out for a while. Nothing is lost. Please look at the log, then restart the bot.
    [health-database] The database takes no write, so nothing is saved. Please look at the disk and the log.
    [health-gateway] The connection to Discord's gateway is gone, so commands are not heard. Messages still go out.
    [database-damaged] The database file is damaged. Please stop the bot, keep the file, and put the newest backup in its place with `python -m bot restore`.
   *[other] The reason is "{ $reason }". The log says more.
 }
operator-more = `python -m bot health` on its machine shows how it is now. I say this once a day for each reason.
