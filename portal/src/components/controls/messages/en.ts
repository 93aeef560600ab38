/** The texts of this folder in English. */
export const en = {
  working: 'Working',
  copied: 'Copied',
  copyItManually: 'Copy it manually',
  copy: 'Copy',
  copyNoun: 'Copy {{noun}}',
  theNounWasCopied: 'The {{noun}} was copied.',
  browserNotCopyNounSelect: 'The browser did not copy the {{noun}}. Select it and copy it manually.',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  helpOnThisForm: 'Help on this form',
} as const;
