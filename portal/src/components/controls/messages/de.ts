import type { Translation } from '../../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  working: 'Wird ausgeführt',
  copied: 'Kopiert',
  copyItManually: 'Manuell kopieren',
  copy: 'Kopieren',
  copyNoun: 'Kopieren: {{noun}}',
  theNounWasCopied: 'Kopiert: {{noun}}.',
  browserNotCopyNounSelect:
    'Der Browser hat nicht kopiert: {{noun}}. Markieren Sie den Text, und kopieren Sie ihn manuell.',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  helpOnThisForm: 'Hilfe zu diesem Formular',
};
