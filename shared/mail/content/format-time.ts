/** Formats a time in UTC, because the time zone of the reader is not known. */
export const formatTime = (time: string, language: string): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' }).format(new Date(time))} UTC`;
