/** The texts of this folder in English. */
export const en = {
  keyboardShortcuts: 'Keyboard shortcuts',
  showThisDialog: 'Show the shortcuts',
  focusTheSearch: 'Go to the search field',
  openUsers: 'Open the users',
  openGroups: 'Open the groups',
  openRequests: 'Open the requests',
  openAuditLog: 'Open the audit log',
  openSettings: 'Open the settings',
  closeDialog: 'Close a dialog',
  rowsAreLinks: 'Rows of a table are links: Tab reaches them, and Enter opens them.',
  useShortcuts: 'Use shortcuts in this browser',
} as const;
