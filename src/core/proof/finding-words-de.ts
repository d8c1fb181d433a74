import type { FindingText } from './finding-text.js';

/** What the doctor says in German, by the code of the finding. */
export const FINDING_WORDS_DE: FindingText = {
  'history.differs': {
    cause:
      'Die Zeilen des Zyklus sind nicht das, was sein Journal sagt: Sie wurden am Programm vorbei geändert.',
    remedy:
      'Mit `cycles verify --cycle <id>` vergleichen und die Zeilen von Hand richtigstellen oder eine Sicherung einspielen; von selbst behebt sich das nicht.',
  },
  'cycle.snapshot-invalid': {
    cause: 'Der Zyklus steht in einem Zustand, den sein Ablauf nicht kennt.',
    remedy:
      'Die Zeile des Zyklus aus dem Journal wiederherstellen oder ihn auf eine Version umstellen, die den Zustand kennt.',
  },
  'cycle.definition-edited': {
    cause:
      'Der Ablauf oder das Regelwerk, an das der Zyklus gebunden ist, wurde bearbeitet: Es ist mit anderem Inhalt installiert.',
    remedy:
      'Die Bearbeitung zurücknehmen und der Änderung eine neue Version geben; dann den Zyklus auf diese umstellen.',
  },
  'cycle.unknown-version': {
    cause:
      'Die Version des Ablaufs oder Regelwerks, an die der Zyklus gebunden ist, ist hier nicht installiert. Der Zyklus bleibt unberührt.',
    remedy:
      'Die laufende Aktualisierung abschließen oder die Version installieren; oder den Zyklus auf eine installierte Version umstellen.',
  },
  'cycle.no-future': {
    cause:
      'Nichts kann den Zyklus noch bewegen: kein Ereignis, das ein aktives Konto auslösen dürfte, kein Termin, keine Aufgabe mit einer aktiven Person, kein Sammelpunkt.',
    remedy:
      'Die Ursachen in den Einzelheiten ansehen: der fehlenden Person ein Konto geben, die Aufgaben neu zuweisen, eine Ausnahme gewähren oder den Zyklus zurückziehen.',
  },
  'cycle.nobody-to-move': {
    cause: 'Es gibt keine aktive Koordination: Niemand darf die Zyklen des Programms bewegen.',
    remedy: 'Ein Konto mit der Rolle coordinator anlegen oder ein gesperrtes wieder freigeben.',
  },
  'cycle.suspended-too-long': {
    cause: 'Der Zyklus ruht schon sehr lange, und kein Termin wird jemanden daran erinnern.',
    remedy: 'Den Zyklus fortsetzen oder zurückziehen.',
  },
  'sync-point.unreachable': {
    cause: 'Zu wenige Mitglieder können den Sammelpunkt noch erreichen: Er wird nie freigegeben.',
    remedy:
      'Neu beurteilen lassen (retry): Mitglieder, deren Zyklus beendet ist, zählen dann nicht mehr. Reicht das nicht, die Regel im Programm ändern.',
  },
  'task.assignee-gone': {
    cause: 'Die Aufgabe liegt bei einem Konto, das es nicht mehr gibt oder das gesperrt ist.',
    remedy: 'Die Aufgabe freigeben (retry), damit jemand anderes sie übernehmen kann, oder neu zuweisen.',
  },
  'task.nobody': {
    cause:
      'In einer Region warten Aufgaben, die dort kein aktives Konto erledigen kann; höchstens die Koordination springt ein.',
    remedy:
      'Ein Konto für die Behörde der Region anlegen, ein gesperrtes wieder freigeben oder die Aufgaben übertragen.',
  },
  'timer.overdue': {
    cause: 'Termine sind fällig und haben nicht ausgelöst.',
    remedy: 'Einen Worker starten oder in sein Protokoll sehen; retry löst sie jetzt aus.',
  },
  'timer.missing': {
    cause:
      'Ein Termin der Phase des Zyklus wartet weder noch hat er seit dem Eintritt in die Phase ausgelöst.',
    remedy: 'Neu setzen (retry): Seine Zeit zählt ab jetzt.',
  },
  'standing-check.missing': {
    cause:
      'In der Phase des Zyklus müssen Regeln dauernd gelten, aber keine tägliche Prüfung ist gesetzt: Ein Verstoß bliebe unbemerkt.',
    remedy: 'Jetzt prüfen und die Prüfung des nächsten Morgens setzen (retry).',
  },
  'outbox.orphan': {
    cause: 'Folgen von Entscheidungen warten schon lange und wurden nicht an die Warteschlange gegeben.',
    remedy:
      'Einen Worker starten oder die Warteschlange ansehen, die sie ablehnt; retry stellt sie für den nächsten Durchgang bereit.',
  },
  'effect.lost': {
    cause: 'Folgen wurden vor langer Zeit an die Warteschlange gegeben und weder ausgeführt noch aufgegeben.',
    remedy:
      'Noch einmal senden (retry): Was doch schon ausgeführt wurde, geschieht nicht zweimal. Kehren sie wieder, die Worker ansehen.',
  },
  'dead-letter': {
    cause: 'Eine Folge konnte nicht ausgeführt werden und wurde aufgegeben.',
    remedy: 'Den Grund beseitigen, den die Einzelheiten nennen, dann noch einmal senden (retry).',
  },
  'operation.stalled': {
    cause: 'Ein Sammelvorgang läuft und kommt seit langem nicht voran.',
    remedy: 'Fortsetzen lassen (retry) oder abbrechen: Was getan ist, bleibt getan.',
  },
  'lock.held': {
    cause:
      'Eine Sitzung der Datenbank hält seit langem eine Transaktion offen oder wartet auf eine Sperre; andere warten womöglich auf sie.',
    remedy:
      'Herausfinden, wem die Sitzung gehört; mit pg_terminate_backend(pid) beenden, wenn niemand sie braucht.',
  },
  'clock.skew': {
    cause:
      'Uhren gehen auseinander: die der Datenbank und dieses Rechners, oder die des Programms und das schon Geschriebene.',
    remedy: 'Die Uhren mit NTP stellen. Was vordatiert ist, stimmt wieder, wenn die Uhr es eingeholt hat.',
  },
};
