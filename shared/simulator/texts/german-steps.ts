/** The titles of the steps and the remedies of the simulators in German, by their English texts. */
export const GERMAN_STEPS = {
  'Delete what an interrupted simulation left': 'Reste einer abgebrochenen Simulation löschen',
  'List users': 'Benutzer auflisten',
  'List one user': 'Einen Benutzer auflisten',
  'List groups': 'Gruppen auflisten',
  'List all groups': 'Alle Gruppen auflisten',
  'Read the features of the service': 'Funktionen des Dienstes lesen',
  'Read the features with a base URL that ends in a slash':
    'Funktionen mit einer Basis-URL lesen, die mit einem Schrägstrich endet',
  'Search for a user that does not exist': 'Einen Benutzer suchen, den es nicht gibt',
  'Search for the user by userName, before the user exists':
    'Den Benutzer nach userName suchen, bevor es ihn gibt',
  'Search for the user by externalId, before the user exists':
    'Den Benutzer nach externalId suchen, bevor es ihn gibt',
  'Create the user': 'Benutzer anlegen',
  'Create the same user again': 'Denselben Benutzer noch einmal anlegen',
  'Find the user': 'Benutzer finden',
  'Find the user in capitals': 'Benutzer in Großbuchstaben finden',
  'Read the user before the update': 'Benutzer vor der Änderung lesen',
  'Replace the profile with PUT': 'Profil mit PUT ersetzen',
  'Read the updated user': 'Geänderten Benutzer lesen',
  'Change attributes, in the older form': 'Attribute in der älteren Form ändern',
  'Change attributes, in the newer form': 'Attribute in der neueren Form ändern',
  'Change attributes with a value that is JSON text': 'Attribute mit einem Wert ändern, der JSON-Text ist',
  'Change one attribute with each operation': 'Mit jeder Operation ein Attribut ändern',
  'Read the changed attributes': 'Geänderte Attribute lesen',
  'Read the attributes again': 'Attribute noch einmal lesen',
  'Search for the group by displayName': 'Die Gruppe nach displayName suchen',
  'Search for the group without its members': 'Die Gruppe ohne ihre Mitglieder suchen',
  'Create the group': 'Gruppe anlegen',
  'Send the name of the group with its id': 'Den Namen der Gruppe mit ihrer ID senden',
  'Add the members': 'Mitglieder hinzufügen',
  'Add a member again': 'Ein Mitglied noch einmal hinzufügen',
  'Add the member again': 'Das Mitglied wieder hinzufügen',
  'Count the members': 'Mitglieder zählen',
  'Count the members again': 'Mitglieder noch einmal zählen',
  'Count the other members': 'Übrige Mitglieder zählen',
  'Count the replaced members': 'Ersetzte Mitglieder zählen',
  'Remove the first member': 'Erstes Mitglied entfernen',
  'Remove the first member with a list': 'Erstes Mitglied mit einer Liste entfernen',
  'Remove the first member by display and value': 'Erstes Mitglied nach display und value entfernen',
  'Replace all members ("Push now")': 'Alle Mitglieder ersetzen („Push now“)',
  'Deactivate the user': 'Benutzer deaktivieren',
  'Find the inactive user': 'Inaktiven Benutzer finden',
  'Read the inactive user': 'Inaktiven Benutzer lesen',
  'Reactivate the user': 'Benutzer wieder aktivieren',
  'Reactivate the user with PUT': 'Benutzer mit PUT wieder aktivieren',
  'Disable the user, with "False" as text': 'Benutzer sperren, mit „False“ als Text',
  'Disable the user with PUT': 'Benutzer mit PUT sperren',
  'Find the disabled user': 'Gesperrten Benutzer finden',
  'Read the disabled user': 'Gesperrten Benutzer lesen',
  'Enable the user, with "True" as text': 'Benutzer entsperren, mit „True“ als Text',
  'Suspend the user, with "false" as text': 'Benutzer vorübergehend sperren, mit „false“ als Text',
  'Read the suspended user': 'Vorübergehend gesperrten Benutzer lesen',
  'Resume the user': 'Benutzer wieder entsperren',
  'Delete the user': 'Benutzer löschen',
  'Delete the group': 'Gruppe löschen',
  'Read the deleted user': 'Gelöschten Benutzer lesen',
  'A search without a result returns 200 and an empty list. Entra ID puts the job into quarantine after 404.':
    'Eine Suche ohne Ergebnis liefert 200 und eine leere Liste. Nach 404 stellt Entra ID den Auftrag unter Quarantäne.',
  'Create the element that a value filter names if there is none, and accept operations in any case.':
    'Legen Sie das Element an, das ein Wertfilter nennt, wenn es keines gibt, und nehmen Sie Operationen in jeder Groß- und Kleinschreibung an.',
  'Accept names with dots, and names that begin with the URN of a schema, in a value without a path.':
    'Nehmen Sie in einem Wert ohne Pfad Namen mit Punkten und Namen an, die mit der URN eines Schemas beginnen.',
  'Apply the filter "displayName eq". An unknown name returns 200 with totalResults 0.':
    'Wenden Sie den Filter „displayName eq“ an. Ein unbekannter Name liefert 200 mit totalResults 0.',
  'Apply the filter "userName eq". An unknown value returns 200 with totalResults 0, never other users.':
    'Wenden Sie den Filter „userName eq“ an. Ein unbekannter Wert liefert 200 mit totalResults 0, nie andere Benutzer.',
  'Apply the filter "externalId eq". An unknown value returns 200 with totalResults 0, never other users.':
    'Wenden Sie den Filter „externalId eq“ an. Ein unbekannter Wert liefert 200 mit totalResults 0, nie andere Benutzer.',
  'Store the members of the request that creates the group.':
    'Speichern Sie die Mitglieder der Anfrage, mit der die Gruppe angelegt wird.',
  'Support PATCH, and say so in patch.supported of ServiceProviderConfig.':
    'Unterstützen Sie PATCH, und geben Sie das in patch.supported von ServiceProviderConfig an.',
  'Ignore a slash at the end of the base URL, or enter the URL without it.':
    'Ignorieren Sie einen Schrägstrich am Ende der Basis-URL, oder tragen Sie die URL ohne ihn ein.',
  'Read a value without a path that is the text of a JSON object as this object.':
    'Lesen Sie einen Wert ohne Pfad, der der Text eines JSON-Objekts ist, als dieses Objekt.',
  'Ignore unknown values of schemas, and accept active as text. The template of OneLogin has others than RFC 7643.':
    'Ignorieren Sie unbekannte Werte in schemas, und nehmen Sie active als Text an. Die Vorlage von OneLogin hat andere als RFC 7643.',
  'Ignore unknown values of schemas. The template of OneLogin has others than RFC 7643.':
    'Ignorieren Sie unbekannte Werte in schemas. Die Vorlage von OneLogin hat andere als RFC 7643.',
  'Refuse a second user with the same userName with 409 and scimType uniqueness.':
    'Lehnen Sie einen zweiten Benutzer mit demselben userName mit 409 und scimType uniqueness ab.',
  'The response must show what the request has stored. Identity providers compare it with their values.':
    'Die Antwort muss zeigen, was die Anfrage gespeichert hat. Identity Provider vergleichen sie mit ihren Werten.',
  'Return active as the JSON boolean true for a user who may sign in.':
    'Geben Sie active für einen Benutzer, der sich anmelden darf, als JSON-Wahrheitswert true zurück.',
  'Accept the change of active, and return it as the JSON boolean false. Otherwise people who leave keep their access.':
    'Nehmen Sie die Änderung von active an, und geben Sie es als JSON-Wahrheitswert false zurück. Sonst behalten Personen ihren Zugang, die nicht mehr da sind.',
  'A search must find each user that exists, also inactive ones, and compare userName without case.':
    'Eine Suche muss jeden vorhandenen Benutzer finden, auch inaktive, und bei userName die Groß- und Kleinschreibung ignorieren.',
  'The search must return the id that the creation returned.':
    'Die Suche muss die ID liefern, die das Anlegen geliefert hat.',
  'Store each member that the identity provider adds, and store it once, even if it is added again.':
    'Speichern Sie jedes Mitglied, das der Identity Provider hinzufügt, und zwar einmal, auch wenn es noch einmal hinzugefügt wird.',
  'Accept true and false as text in any case, and store the boolean. The identity provider sends text.':
    'Nehmen Sie true und false als Text in jeder Groß- und Kleinschreibung an, und speichern Sie den Wahrheitswert. Der Identity Provider sendet Text.',
  'A remove with a list of members removes only these. Otherwise, one user who leaves a group empties it.':
    'Ein remove mit einer Liste von Mitgliedern entfernt nur diese. Sonst leert ein Benutzer, der eine Gruppe verlässt, die ganze Gruppe.',
  'A deleted user must not exist anymore. Reads must show the last write.':
    'Einen gelöschten Benutzer darf es nicht mehr geben. Lesezugriffe müssen den letzten Schreibzugriff zeigen.',
} as const;
