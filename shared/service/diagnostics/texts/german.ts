import type { FindingFacts, FindingTexts } from './finding-facts';
import { GERMAN_REQUESTS } from './german-requests';
import {
  count,
  dateOf,
  FREE_SEATS,
  IDENTITY_ADMINISTRATOR,
  join,
  MANUAL_USERS,
  nameOf,
  NOUNS,
  OPERATOR,
  OWNER,
  plural,
} from './german-words';

const taken = ({ active, seats }: FindingFacts['seats-gone']): string =>
  `${active} von ${plural(seats, 'Platz', 'Plätzen')} ${active === 1 ? 'ist' : 'sind'} belegt`;

const add = (type: FindingFacts['key-expired']['type']): string =>
  `Fügen Sie der Verbindung einen anderen ${NOUNS[type].accusative} hinzu, und tragen Sie ihn beim Identity Provider ein.`;

const subscriptions = (names: readonly string[]): string => plural(names.length, 'Abonnement', 'Abonnements');

/** The texts of all findings in German. */
export const GERMAN: FindingTexts = {
  ...GERMAN_REQUESTS,
  'scim-unavailable': ({
    contactText = 'Bitten Sie den Betreiber des Dienstes, SCIM verfügbar zu machen.',
  }) => ({
    found:
      'SCIM ist für diese Domain nicht verfügbar. Alle Anfragen ihres Identity Providers werden abgelehnt.',
    action: `${OWNER} ${contactText}`,
  }),
  'sender-unverified': ({ identity }) => ({
    found:
      `Amazon SES hat ${identity}, den Absender der Lizenz-E-Mails, nicht bestätigt und nimmt deshalb keine von ` +
      'ihnen an.',
    action: identity.includes('@')
      ? `${OPERATOR} Bestätigen Sie die E-Mail, die SES an ${identity} gesendet hat, oder legen Sie die Identität in SES an.`
      : `${OPERATOR} Legen Sie die CNAME-Einträge an, mit denen SES ${identity} bestätigt. Die Einträge sind Ausgaben des Stacks ` +
        'ScimLicenses.',
  }),
  'sending-paused': () => ({
    found:
      'Der Versand ist für das ganze SES-Konto angehalten. Lizenz-E-Mails warten und werden nach einem Tag verworfen.',
    action:
      `${OPERATOR} Stellen Sie in der SES-Konsole fest, warum der Versand angehalten wurde, beheben Sie die Ursache, und ` +
      'beantragen Sie, dass der Versand wieder aufgenommen wird.',
  }),
  'sender-sandbox': () => ({
    found:
      'Das SES-Konto ist in der Sandbox. Lizenz-E-Mails erreichen deshalb nur Adressen, die bei SES bestätigt sind.',
    action: `${OPERATOR} Beantragen Sie für SES in dieser Region den Produktionszugang.`,
  }),
  'sender-unknown': () => ({
    found: 'Die Anfrage an Amazon SES nach dem Status des Absenders ist fehlgeschlagen.',
    action:
      `${OPERATOR} Suchen Sie die Ursache im Protokoll der Funktion, die die Betriebsbereitschaft prüft. Lizenz-E-Mails werden ` +
      'vielleicht trotzdem gesendet.',
  }),
  'emails-paused': () => ({
    found:
      'Ein Betreiber hat die E-Mails dieser Domain angehalten. Lizenz-E-Mails und Erinnerungen an ablaufende SCIM-Schlüssel warten.',
    action:
      `${OPERATOR} Beheben Sie die Ursache, und setzen Sie den Versand dann fort (domain resume-mail). Jeder ` +
      'Benutzer erhält dann eine E-Mail mit dem aktuellen Stand der Lizenz.',
  }),
  'email-limit-reached': ({ limit }) => ({
    found: `Die Domain hat ihr Limit von ${limit} E-Mails pro Stunde erreicht. E-Mails werden deshalb später gesendet.`,
    action:
      `${OPERATOR} Stellen Sie fest, ob die Domain viele Benutzer importiert. Wenn ja, erhöhen Sie ihr Limit ` +
      '(domain update --mails-per-hour), oder warten Sie. Wenn die E-Mails unerwünscht sind, halten Sie sie an ' +
      '(domain pause-mail), und widerrufen Sie den SCIM-Schlüssel, der sie verursacht.',
  }),
  'key-missing': ({ scope, noun, revoked }) => {
    const { one, many, accusative } = NOUNS[noun === 'SCIM key' ? 'scim-key' : 'mixed'];
    const owner = scope === 'domain' ? 'Die Domain' : 'Die Verbindung';
    const other = scope === 'domain' ? ' Ohne Identity Provider schalten Sie SCIM aus.' : '';
    return {
      found:
        revoked === 0
          ? `${owner} hat keinen ${accusative}.`
          : `${owner} hat keinen gültigen ${accusative}: ` +
            `${plural(revoked, `${one} wurde`, `${many} wurden`)} widerrufen.`,
      action:
        noun === 'SCIM key'
          ? `${OWNER} Erzeugen Sie einen SCIM-Schlüssel, und tragen Sie ihn in der Verbindung beim Identity Provider ein.${other}`
          : `${OWNER} Fügen Sie einen SCIM-Schlüssel, einen geheimen Clientschlüssel oder einen Vertrauensanker hinzu, ` +
            `und tragen Sie ihn beim Identity Provider ein.${other}`,
    };
  },
  'key-expired': ({ type, credentials, isReplaced }) => {
    const { one, many, accusative } = NOUNS[type];
    const names = join(credentials.map((each) => nameOf(each, dateOf(each.day ?? ''))));
    const isOne = credentials.length === 1;
    const expiry = isOne
      ? `Abgelaufen ist 1 ${one}: ${names}.`
      : `Abgelaufen sind ${credentials.length} ${many}: ${names}.`;
    return isReplaced
      ? {
          found: `${expiry} Ein anderer wird verwendet.`,
          action: isOne
            ? `${OWNER} Widerrufen Sie den abgelaufenen ${accusative}, damit er nicht mehr gemeldet wird.`
            : `${OWNER} Widerrufen Sie die abgelaufenen, damit sie nicht mehr gemeldet werden.`,
        }
      : {
          found: `${expiry} Seitdem wurde kein anderer verwendet.`,
          action: `${OWNER} ${add(type)} Widerrufen Sie dann ${isOne ? 'den' : 'die'} abgelaufenen.`,
        };
  },
  'key-expires-soon': ({ type, credentials, withinDays, nearestDays }) => {
    const { one, many } = NOUNS[type];
    const isOne = credentials.length === 1;
    const names = join(credentials.map((each) => nameOf(each, dateOf(each.day ?? ''))));
    return {
      found:
        `${plural(credentials.length, `${one} läuft`, `${many} laufen`)} innerhalb von ${withinDays} Tagen ab: ${names}. ` +
        `${isOne ? 'Er' : 'Der erste'} läuft in ${plural(nearestDays, 'Tag', 'Tagen')} ab.`,
      action: `${OWNER} ${add(type)} Widerrufen Sie ${isOne ? 'den alten, bevor er abläuft' : 'die alten, bevor sie ablaufen'}.`,
    };
  },
  'credential-creator-gone': ({ credentials, subscriptions: others, items }) => ({
    found:
      `${[
        ...(credentials > 0 ? [plural(credentials, NOUNS.mixed.one, NOUNS.mixed.many)] : []),
        ...(others > 0 ? [plural(others, 'Abonnement', 'Abonnements')] : []),
      ].join(
        ' und ',
      )} ${items.length === 1 ? 'stammt' : 'stammen'} von Personen, die keine Eigentümer mehr sind: ` +
      `${join(items.map(({ name, createdBy }) => `„${name}“ (${createdBy})`))}.`,
    action:
      `${OWNER} Diese Personen kennen möglicherweise noch die Geheimnisse. Ersetzen Sie jeden Zugangsnachweis beim Identity ` +
      'Provider, und widerrufen Sie ihn dann. Ersetzen Sie das Token, die Signaturschlüssel oder den Endpunkt jedes Abonnements, oder ' +
      'löschen Sie es. Prüfen Sie, ob der Endpunkt Ihnen gehört.',
  }),
  'key-unused': ({ type, credentials, sinceDays }) => {
    const { one, many } = NOUNS[type];
    const names = credentials.map((each) =>
      nameOf(each, each.day === undefined ? 'nie' : `zuletzt am ${dateOf(each.day)}`),
    );
    return {
      found:
        `${plural(credentials.length, `${one} wurde`, `${many} wurden`)} nie oder seit ${sinceDays} Tagen nicht ` +
        `verwendet: ${join(names)}.`,
      action:
        credentials.length === 1
          ? `${OWNER} Tragen Sie ihn beim Identity Provider ein, oder widerrufen Sie ihn, wenn er nicht gebraucht wird.`
          : `${OWNER} Tragen Sie sie beim Identity Provider ein, oder widerrufen Sie sie, wenn sie nicht gebraucht werden.`,
    };
  },
  'seats-gone': (facts) => ({
    found: `${taken(facts)}. ${
      facts.policy === 'wait'
        ? 'Neue Benutzer erhalten erst eine Lizenz, wenn ein Platz frei wird.'
        : 'Neue Benutzer werden abgelehnt.'
    }`,
    action: FREE_SEATS,
  }),
  'seats-almost-gone': (facts) => {
    const left = facts.seats - facts.active;
    const next = facts.policy === 'wait' ? 'müssen neue Benutzer warten' : 'werden neue Benutzer abgelehnt';
    return {
      found: `${taken(facts)}, ${plural(left, 'ist', 'sind')} noch frei. Danach ${next}.`,
      action: FREE_SEATS,
    };
  },
  'licenses-pending': ({ waiting, since }) => ({
    found:
      waiting === 1
        ? `Ein Benutzer wartet auf einen Platz${since === undefined ? '' : `, seit dem ${dateOf(since)}`}. ` +
          'Er hat keine Lizenz und hat keine E-Mail erhalten.'
        : `${waiting} Benutzer warten auf einen Platz${since === undefined ? '' : `, der erste seit dem ${dateOf(since)}`}. ` +
          'Diese Benutzer haben keine Lizenz und haben keine E-Mail erhalten.',
    action: `${FREE_SEATS} Freie Plätze gehen automatisch an die Benutzer, die am längsten warten.`,
  }),
  'administrators-limit-reached': ({ administrators }) => ({
    found:
      `Zuordnungen machen ${administrators} Benutzer zu Administratoren. Das ist die Höchstzahl. Weitere Benutzer, auf die ` +
      'die Zuordnungen zutreffen, haben keine Rolle im Portal.',
    action:
      `${OWNER} Ordnen Sie den Administratoren eine kleinere Gruppe oder eine andere Rolle zu, und speichern Sie die ` +
      'Zuordnungen. Dann werden alle Benutzer neu ausgewertet.',
  }),
  'addresses-missing': ({ users, names }) => ({
    found:
      `${count(users, 'aktiver Benutzer hat', 'aktive Benutzer haben')} keine E-Mail-Adresse, sodass ` +
      `${users.number === 1 ? 'sein Lizenzschlüssel nicht gesendet werden kann' : 'ihre Lizenzschlüssel nicht gesendet werden können'}: ${join(names)}.`,
    action:
      `${IDENTITY_ADMINISTRATOR} Fügen Sie bei jedem Benutzer, der einen Lizenzschlüssel braucht, eine Adresse hinzu. Der ` +
      'Schlüssel wird dann gesendet. Bei Dienstkonten müssen Sie nichts tun. ' +
      MANUAL_USERS,
  }),
  'addresses-undeliverable': ({ addresses }) => ({
    found:
      `${plural(addresses.length, 'Benutzer hat', 'Benutzer haben')} eine Adresse, an die keine E-Mail gesendet werden ` +
      `kann: ${join(addresses)}.`,
    action:
      `${IDENTITY_ADMINISTRATOR} Korrigieren Sie die Adresse. Ein Schlüssel, der noch nicht gesendet wurde, wird dann ` +
      `gesendet. ${MANUAL_USERS}`,
  }),
  'addresses-bounced': ({ addresses, atLeast, complaints, places }) => {
    const bounced = addresses.length - complaints;
    const parts = [
      ...(bounced > 0 ? [`${bounced} unzustellbar`] : []),
      ...(complaints > 0 ? [`${complaints} mit Beschwerde über eine E-Mail`] : []),
    ];
    const where = [
      ...(places.users ? ['im Identity Provider (im Portal, wenn der Benutzer manuell verwaltet wird)'] : []),
      ...(places.notifications ? ['in den Benachrichtigungsadressen der Domain'] : []),
    ];
    return {
      found:
        `${count({ number: addresses.length, atLeast }, 'Adresse erhält', 'Adressen erhalten')} keine E-Mails mehr ` +
        `(${parts.join(', ')}): ${join(addresses)}.`,
      action:
        `${OWNER} Stellen Sie fest, ob das Postfach existiert. Wenn nicht, lassen Sie die Adresse ` +
        `${where.join(' oder ')} korrigieren. Geben Sie die Adresse danach frei.`,
    };
  },
  'webhook-dead-letters': ({ names }) => ({
    found: `Ereignisse von ${subscriptions(names)} wurden 24 Stunden lang nicht angenommen: ${names.join(', ')}.`,
    action: `${OWNER} Reparieren Sie den Endpunkt, und stellen Sie die Ereignisse innerhalb von 30 Tagen erneut zu.`,
  }),
  'webhook-events-skipped': ({ names }) => ({
    found: `Ereignisse von ${subscriptions(names)} liefen nach 30 Tagen ab, bevor sie zugestellt wurden: ${names.join(', ')}.`,
    action: `${OWNER} Lassen Sie den Empfänger alle Benutzer, Gruppen und Lizenzen neu lesen. Ihm fehlen die Ereignisse dieser Zeit.`,
  }),
  'webhooks-failing': ({ names }) => ({
    found:
      `${plural(names.length, 'Abonnement hat', 'Abonnements haben')} seit mehr als 15 Minuten kein Ereignis angenommen: ` +
      `${names.join(', ')}.`,
    action:
      `${OWNER} Reparieren Sie den Endpunkt, und senden Sie ein Testereignis. Die Ereignisse warten 24 Stunden. Halten Sie ein ` +
      `Abonnement an, das nicht mehr gebraucht wird, oder löschen Sie es. ${OPERATOR} Prüfen Sie den Event Bus, wenn ein ` +
      'Abonnement der Art eventBridge fehlschlägt.',
  }),
  'users-managed-by-hand': ({ users, moreThan }) => {
    const isOne = users === 1;
    return {
      found:
        `${moreThan ? 'Mehr als ' : ''}${users} Benutzer ${isOne ? 'wird' : 'werden'} manuell verwaltet, und keine Verbindung ` +
        `hat ${isOne ? 'ihn' : 'sie'} übernommen.`,
      action:
        `${OWNER} Weisen Sie diese Personen im Identity Provider der App zu, mit demselben userName. Bei der nächsten ` +
        'Synchronisierung werden sie übernommen. Deaktivieren Sie alle, die nicht mehr da sind, denn der Identity Provider tut das nicht.',
    };
  },
};
