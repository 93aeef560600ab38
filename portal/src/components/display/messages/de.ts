import type { Translation } from '../../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  opensInANewTab: '(öffnet einen neuen Tab)',
  tryAgain: 'Noch einmal versuchen',
  askOwnerDomainOperatorService:
    'Bitten Sie einen Eigentümer dieser Domain oder den Betreiber des Dienstes, das zu tun.',
  deletedNotAccessGoBack:
    'Vielleicht wurde es gelöscht, oder Sie haben keinen Zugriff darauf. Gehen Sie zurück, und wählen Sie etwas anderes.',
  referenceRequestId: 'Referenz: {{requestId}}',
  somethingWentWrongPage: 'Auf dieser Seite ist etwas schiefgegangen',
  reloadPageTryAgain: 'Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  theFirst: '{{results}} und weitere',
  loading: 'Wird geladen',
};
