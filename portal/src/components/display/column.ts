import type { ReactNode } from 'react';

/** A column. Its cell is a text, or has one for the export of the table, or contains only actions. */
export type Column<T> = ColumnOptions & (TextCell<T> | RichCell<T> | ActionCell<T>);

interface TextCell<T> {
  /** Renders the cell. The cell of the first column is the header of its row. */
  readonly cell: (row: T) => string | number;
  /** Returns the text for an export, if it differs from the shown one. */
  readonly text?: (row: T) => string | number | undefined;
}

interface RichCell<T> {
  readonly cell: (row: T) => ReactNode;
  /** Returns the text for an export. */
  readonly text: (row: T) => string | number | undefined;
}

interface ActionCell<T> {
  readonly cell: (row: T) => ReactNode;
  readonly isTitleHidden: true;
  readonly text?: undefined;
}

interface ColumnOptions {
  readonly title: string;
  /** If true, the table does not show the column, but an export has it. */
  readonly isExportOnly?: boolean;
  /** If true, only screen readers get the title. */
  readonly isTitleHidden?: boolean;
  readonly align?: 'end';
  /** If true, a phone does not show the column. */
  readonly isDesktopOnly?: boolean;
}
