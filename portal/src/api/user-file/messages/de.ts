import type { Translation } from '../../../i18n/catalog-types';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  fileTooLarge: 'Die Datei hat mehr als {{megabytes}} MB. Teilen Sie sie in mehrere Dateien auf.',
  fileNotUtf8:
    'Die Datei ist nicht in UTF-8. Speichern Sie sie in Excel als „CSV UTF-8 (durch Trennzeichen getrennt)“.',
  quotationMarkNotClosed:
    'Zeile {{row}} hat ein Anführungszeichen, das nicht geschlossen wird. Schreiben Sie ein Anführungszeichen in einem Wert doppelt.',
  fileWithoutUsers: 'Die Datei hat keine Benutzer. Fügen Sie für jeden Benutzer eine Zeile hinzu.',
  tooManyRows:
    'Die Datei hat {{rows}} Zeilen, und höchstens {{limit}} sind möglich. Teilen Sie sie in mehrere Dateien auf.',
  unknownColumn: 'Die erste Zeile hat eine Spalte „{{column}}“, die es nicht gibt. Möglich sind {{columns}}.',
  columnTwice: 'Die erste Zeile hat die Spalte „{{column}}“ zweimal. Entfernen Sie eine davon.',
  userNameColumnMissing:
    'Die erste Zeile hat keine Spalte „userName“, die die Benutzer bestimmt. Fügen Sie sie hinzu.',
  otherNumberOfCells:
    'Diese und die erste Zeile haben verschieden viele Zellen: {{cells}} und {{columns}}. Prüfen Sie die Trennzeichen.',
  sameUserName: 'Zeile {{row}} hat denselben userName. Behalten Sie nur eine der beiden Zeilen.',
};
