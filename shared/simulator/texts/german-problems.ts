/** The problems that any step can have, and their remedies, in German, by their English texts. */
export const GERMAN_PROBLEMS = {
  'An earlier step did not create the user or the group.':
    'Ein früherer Schritt hat den Benutzer oder die Gruppe nicht angelegt.',
  'The simulation was interrupted.': 'Die Simulation wurde abgebrochen.',
  'Check the base URL and the network. An identity provider waits for at most 60 seconds.':
    'Prüfen Sie die Basis-URL und das Netzwerk. Ein Identity Provider wartet höchstens 60 Sekunden.',
  'Check the base URL and the network.': 'Prüfen Sie die Basis-URL und das Netzwerk.',
  '{host} did not respond to {method} {path}: {reason}.':
    '{host} hat nicht auf {method} {path} geantwortet: {reason}.',
  'The service cannot search for names that begin with "{prefix}", so earlier runs are not looked for.':
    'Der Dienst kann nicht nach Namen suchen, die mit „{prefix}“ beginnen. Reste früherer Läufe werden nicht gesucht.',
  '{method} {path} returned {status} instead of {expected}':
    '{method} {path} lieferte {status} statt {expected}',
  '{method} {path} returned {status} instead of {expected}: {detail}':
    '{method} {path} lieferte {status} statt {expected}: {detail}',
  'Identity providers do not follow redirects. Use the address that the service redirects to.':
    'Identity Provider folgen keinen Weiterleitungen. Verwenden Sie die Adresse, zu der der Dienst weiterleitet.',
  'Identity providers do not follow redirects. Use the address that the service redirects to: {location}.':
    'Identity Provider folgen keinen Weiterleitungen. Verwenden Sie die Adresse, zu der der Dienst weiterleitet: {location}.',
  'A web page answered instead of the SCIM service. Check the base URL, and the sign-in page or firewall before it.':
    'Statt des SCIM-Dienstes hat eine Webseite geantwortet. Prüfen Sie die Basis-URL und die Anmeldeseite oder Firewall davor.',
  'The service must support this filter, because the identity provider finds users and groups by it.':
    'Der Dienst muss diesen Filter unterstützen, weil der Identity Provider damit Benutzer und Gruppen findet.',
  'Accept this request. Its form is that of the identity provider, which nobody can change there.':
    'Nehmen Sie diese Anfrage an. Ihre Form gibt der Identity Provider vor, und niemand kann sie dort ändern.',
  'The credential is not accepted. Check that it is complete, has not expired, and was not revoked. A test in the portal ends when another test of the same domain begins.':
    'Der Zugangsnachweis wird nicht angenommen. Prüfen Sie, ob er vollständig, nicht abgelaufen und nicht widerrufen ist. Ein Test im Portal endet, wenn ein anderer Test derselben Domain beginnt.',
  'Make SCIM available to the domain and enable it, on the page SCIM Provisioning of the portal.':
    'Machen Sie SCIM für die Domain verfügbar, und schalten Sie es im Portal auf der Seite „SCIM-Bereitstellung“ ein.',
  'Give the credential the permission to read and change users and groups.':
    'Geben Sie dem Zugangsnachweis das Recht, Benutzer und Gruppen zu lesen und zu ändern.',
  'The service does not find what it has just confirmed. Reads must show the last write.':
    'Der Dienst findet nicht, was er gerade bestätigt hat. Lesezugriffe müssen den letzten Schreibzugriff zeigen.',
  'Check the base URL. It usually ends in /scim/v2 or /v2. A search without a result returns 200 with an empty list.':
    'Prüfen Sie die Basis-URL. Sie endet meist mit /scim/v2 oder /v2. Eine Suche ohne Ergebnis liefert 200 mit einer leeren Liste.',
  'Implement {method} for this path. The identity provider does not try another method.':
    'Unterstützen Sie {method} für diesen Pfad. Der Identity Provider versucht keine andere Methode.',
  'Another resource has this name. Delete it, or run the simulation again, which uses other names.':
    'Eine andere Ressource hat diesen Namen. Löschen Sie sie, oder starten Sie die Simulation noch einmal. Sie verwendet dann andere Namen.',
  'Do not require If-Match. The identity provider does not send it.':
    'Verlangen Sie kein If-Match. Der Identity Provider sendet es nicht.',
  'Accept larger requests.': 'Nehmen Sie größere Anfragen an.',
  'Accept the content types application/scim+json and application/json.':
    'Nehmen Sie die Inhaltstypen application/scim+json und application/json an.',
  'The service limits the rate. Wait {seconds} seconds, or simulate fewer users.':
    'Der Dienst begrenzt die Zahl der Anfragen. Warten Sie {seconds} Sekunden, oder simulieren Sie weniger Benutzer.',
  'The service limits the rate. Wait a minute, or simulate fewer users.':
    'Der Dienst begrenzt die Zahl der Anfragen. Warten Sie eine Minute, oder simulieren Sie weniger Benutzer.',
  'The service failed. Look for this request in its logs.':
    'Im Dienst ist ein Fehler aufgetreten. Suchen Sie diese Anfrage in seinen Protokollen.',
  'Return the status that RFC 7644 §3.12 defines.':
    'Liefern Sie den Status, den RFC 7644, Abschnitt 3.12, festlegt.',
  'The response has the content type {type}.': 'Die Antwort hat den Inhaltstyp {type}.',
  'The response has no content type.': 'Die Antwort hat keinen Inhaltstyp.',
  'Send the header Content-Type: application/scim+json (RFC 7644 §3.1).':
    'Senden Sie den Header Content-Type: application/scim+json (RFC 7644, Abschnitt 3.1).',
  'The response has no body.': 'Die Antwort hat keinen Inhalt.',
  'The response is not a JSON object, but {type}.': 'Die Antwort ist kein JSON-Objekt, sondern {type}.',
  'Return the resource as JSON. Check that no proxy or sign-in page answers instead of the service.':
    'Liefern Sie die Ressource als JSON. Prüfen Sie, ob statt des Dienstes ein Proxy oder eine Anmeldeseite antwortet.',
  'The response is not a ListResponse.': 'Die Antwort ist keine ListResponse.',
  'Return a list with the schema {schema}, even if it has one result or none.':
    'Liefern Sie eine Liste mit dem Schema {schema}, auch wenn sie ein oder kein Ergebnis hat.',
  'totalResults is missing, or is not an integer.': 'totalResults fehlt oder ist keine ganze Zahl.',
  'Send totalResults as a JSON number.': 'Senden Sie totalResults als JSON-Zahl.',
  'The service found {found} results instead of {expected}.':
    'Zahl der gefundenen Ergebnisse: {found} statt {expected}.',
  'Resources is missing, or is not an array.': 'Resources fehlt oder ist kein Array.',
  'Send Resources as an array.': 'Senden Sie Resources als Array.',
  '{name} is {found} instead of {expected}.': '{name} ist {found} statt {expected}.',
  '{name} is missing instead of {expected}.': '{name} fehlt; erwartet wird {expected}.',
  'The group has {found} members instead of {expected}.':
    'Zahl der Mitglieder der Gruppe: {found} statt {expected}.',
  'The response has no id.': 'Die Antwort hat keine ID.',
  'Return the whole resource with its id, as a string. The identity provider stores the id.':
    'Liefern Sie die ganze Ressource mit ihrer ID als Text. Der Identity Provider speichert die ID.',
} as const;
