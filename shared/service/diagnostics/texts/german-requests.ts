import type { RequestTexts } from './finding-facts';
import {
  attributeName,
  count,
  IDENTITY_ADMINISTRATOR_LABEL,
  join,
  OPERATOR_LABEL,
  plural,
  sentBy,
} from './german-words';

const was = (number: number): string => (number === 1 ? 'wurde' : 'wurden');

/** The texts of the findings about requests in German. */
export const GERMAN_REQUESTS: RequestTexts = {
  'tokens-refused': ({ requests, senders }) => ({
    found:
      `${count(requests, 'Anfrage', 'Anfragen')} nach einem Zugriffstoken ${was(requests.number)} in den letzten ` +
      `24 Stunden abgelehnt.${sentBy(senders)}`,
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Die Details zeigen, welche Prüfung fehlschlug. Vergleichen Sie die Client-ID, den ` +
      'geheimen Clientschlüssel oder den Vertrauensanker der Verbindung mit den Einstellungen des Identity Providers.',
  }),
  'requests-refused': ({ requests, kinds, senders }) => ({
    found:
      `${count(requests, 'Anfrage', 'Anfragen')} der letzten 24 Stunden ${was(requests.number)} als ungültig ` +
      `abgelehnt: ${join(kinds.map(({ request, error }) => `${request} mit ${error}`))}.${sentBy(senders)}`,
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Die Details zeigen den letzten Fehler jedes Clients. Korrigieren Sie entsprechend die ` +
      'Zuordnung der Attribute oder die Daten.',
  }),
  'filters-too-broad': ({ requests, kinds, senders }) => ({
    found:
      `${count(requests, 'Anfrage', 'Anfragen')} nach einer Liste ${was(requests.number)} in den letzten 24 Stunden ` +
      `abgelehnt, weil zu viele Ressourcen zu prüfen oder zurückzugeben wären: ${join(kinds)}.${sentBy(senders)}`,
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Suchen Sie Benutzer nach userName, externalId oder id, und Gruppen nach displayName, ` +
      'externalId oder id. Ein Skript kann mit einem Cursor blättern.',
  }),
  'rate-limit-reached': ({ perMinute, perTenSeconds, minutes, lastAt, mostBy }) => ({
    found:
      `Das Limit von ${perMinute} Anfragen pro Minute und ${perTenSeconds} pro zehn Sekunden wurde in ` +
      `${plural(minutes, 'Minute', 'Minuten')} der letzten Stunde erreicht, zuletzt um ${lastAt} Uhr (UTC).` +
      (mostBy === undefined ? '' : ` Die meisten Anfragen sendete die Verbindung „${mostBy}“.`),
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Sie müssen nichts tun, wenn der Identity Provider Retry-After beachtet; die ` +
      `Bereitstellung dauert nur länger. ${OPERATOR_LABEL} Wenn das so bleibt, geben Sie der Domain einen anderen Nutzungsplan.`,
  }),
  'members-left-out': ({ atLeast, members, groups, groupsOfUsers, users, senders }) => {
    const parts = [
      ...(members > 0
        ? [`${plural(members, 'Mitglied', 'Mitglieder')} von ${plural(groups, 'Gruppe', 'Gruppen')}`]
        : []),
      ...(groupsOfUsers > 0
        ? [`${plural(groupsOfUsers, 'Gruppe', 'Gruppen')} von ${plural(users, 'Benutzer', 'Benutzern')}`]
        : []),
    ];
    return {
      found:
        `${atLeast ? 'Mindestens ' : ''}${parts.join(' und ')} ${was(members + groupsOfUsers)} in den letzten 7 Tagen ` +
        `übersprungen, weil keine Ressource die gesendete ID hat.${sentBy(senders)}`,
      action:
        `${IDENTITY_ADMINISTRATOR_LABEL} Weisen Sie diese Benutzer zusätzlich zu ihrer Gruppe der App zu, und übertragen Sie ` +
        'die Gruppe noch einmal.',
    };
  },
  'names-duplicate': ({ names }) => ({
    found:
      `${count(names, 'Benutzer oder Gruppe', 'Benutzer oder Gruppen')} ${names.number === 1 ? 'hat' : 'haben'} den ` +
      'gleichen Namen wie ein anderer Eintrag, in anderer Schreibweise. Eine frühere Version des Dienstes hat diese ' +
      'Namen angenommen.',
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Benennen Sie von jedem Paar einen Eintrag um, oder entfernen Sie ihn. Danach führt ein Betreiber ` +
      '`scim verify <domainId> --repair` aus, um noch einmal zu prüfen.',
  }),
  'filter-attributes-unknown': ({ attributes, atLeast, senders }) => ({
    found:
      `${count({ number: attributes.length, atLeast }, 'unbekanntes Attribut', 'unbekannte Attribute')} ` +
      `${was(attributes.length)} in Filtern verwendet, die deshalb nichts finden: ` +
      `${join(attributes.map(attributeName))}.${sentBy(senders)}`,
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Korrigieren Sie das Attribut, nach dem Benutzer oder Gruppen gesucht werden. Die ` +
      'Details schlagen ein ähnliches vor.',
  }),
  'attributes-ignored': ({ attributes, atLeast, senders }) => ({
    found:
      `${count({ number: attributes.length, atLeast }, 'Attribut wird', 'Attribute werden')} gesendet, aber nicht ` +
      `gespeichert: ${join(attributes.map(attributeName))}.${sentBy(senders)}`,
    action:
      `${IDENTITY_ADMINISTRATOR_LABEL} Entfernen Sie das Attribut aus der Zuordnung, oder ordnen Sie es einem zu, das ` +
      '/Schemas nennt. Wenn eine Zeile der Details einen Grund nennt, korrigieren Sie den Wert.',
  }),
};
