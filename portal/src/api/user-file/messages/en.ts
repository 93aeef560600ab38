/** The texts of this folder in English. The CLI shows them, too. */
export const en = {
  fileTooLarge: 'The file has more than {{megabytes}} MB. Split it into several files.',
  fileNotUtf8: 'The file is not UTF-8. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
  quotationMarkNotClosed:
    'Row {{row}} has a quotation mark that is not closed. Write a quotation mark within a value twice.',
  fileWithoutUsers: 'The file has no users. Add a row for each user.',
  tooManyRows: 'The file has {{rows}} rows, and the limit is {{limit}}. Split it into several files.',
  unknownColumn: 'The first row has a column "{{column}}", which does not exist. There are {{columns}}.',
  columnTwice: 'The first row has the column "{{column}}" twice. Remove one of them.',
  userNameColumnMissing: 'The first row has no column "userName", which identifies the users. Add it.',
  otherNumberOfCells:
    'This row and the first row have different numbers of cells: {{cells}} and {{columns}}. Check the delimiters.',
  sameUserName: 'Row {{row}} has the same userName. Keep one of the two rows.',
} as const;
