/** The texts of this folder in English. */
export const en = {
  exportCsv: 'Export as CSV',
  cancelExport: 'Cancel export',
  rowsLoaded_one: '{{count}} row loaded …',
  rowsLoaded_other: '{{count}} rows loaded …',
  exported_one: '{{count}} row was exported.',
  exported_other: '{{count}} rows were exported.',
} as const;
