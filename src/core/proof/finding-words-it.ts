import type { FindingText } from './finding-text.js';

/** What the doctor says in Italian, by the code of the finding. */
export const FINDING_WORDS_IT: FindingText = {
  'history.differs': {
    cause:
      'I dati del ciclo non corrispondono al suo giornale: sono stati modificati senza passare dal programma.',
    remedy:
      'Confrontare con `cycles verify --cycle <id>` e ripristinare i dati a mano o da una copia di sicurezza; nulla si ripara da solo.',
  },
  'cycle.snapshot-invalid': {
    cause: 'Il ciclo si trova in uno stato che il suo flusso di lavoro non conosce.',
    remedy: 'Ripristinare i dati del ciclo dal giornale, o migrarlo a una versione che conosce lo stato.',
  },
  'cycle.definition-edited': {
    cause:
      'Il flusso di lavoro o la raccolta di regole a cui il ciclo è legato è stato modificato: è installato con un altro contenuto.',
    remedy: 'Annullare la modifica e darle una nuova versione; poi migrare il ciclo a questa.',
  },
  'cycle.unknown-version': {
    cause:
      'La versione del flusso di lavoro o della raccolta di regole a cui il ciclo è legato non è installata qui. Il ciclo resta intatto.',
    remedy:
      "Completare l'aggiornamento in corso o installare la versione; oppure migrare il ciclo a una versione installata.",
  },
  'cycle.no-future': {
    cause:
      'Nulla può più muovere il ciclo: nessun evento che un account attivo possa avviare, nessuna scadenza, nessun compito con una persona attiva, nessun punto di sincronizzazione.',
    remedy:
      'Vedere le cause nei dettagli: dare un account alla persona mancante, riassegnare i compiti, concedere una deroga o ritirare il ciclo.',
  },
  'cycle.nobody-to-move': {
    cause: "Non c'è alcun coordinamento attivo: nessuno può muovere i cicli del programma.",
    remedy: 'Creare un account con il ruolo coordinator, o riattivarne uno.',
  },
  'cycle.suspended-too-long': {
    cause: 'Il ciclo è sospeso da molto tempo e nessuna scadenza lo ricorderà a qualcuno.',
    remedy: 'Riprendere il ciclo, o ritirarlo.',
  },
  'sync-point.unreachable': {
    cause:
      'Troppo pochi membri possono ancora raggiungere il punto di sincronizzazione: non sarà mai rilasciato.',
    remedy:
      'Farlo valutare di nuovo (retry): i membri il cui ciclo è finito non contano più. Se non basta, cambiarne la regola nel programma.',
  },
  'task.assignee-gone': {
    cause: 'Il compito è affidato a un account che non esiste più o è disattivato.',
    remedy: 'Liberare il compito (retry), così che qualcun altro possa prenderlo, o riassegnarlo.',
  },
  'task.nobody': {
    cause:
      'In una regione attendono compiti che lì nessun account attivo può svolgere; al più può subentrare il coordinamento.',
    remedy: "Creare un account per l'autorità della regione, riattivarne uno, o delegare i compiti.",
  },
  'timer.overdue': {
    cause: 'Alcune scadenze sono passate senza essere scattate.',
    remedy: 'Avviare un worker o guardare il suo registro; retry le fa scattare ora.',
  },
  'timer.missing': {
    cause: 'Una scadenza della fase del ciclo non è in attesa né è scattata da quando la fase è iniziata.',
    remedy: 'Impostarla di nuovo (retry): il suo termine decorre da ora.',
  },
  'standing-check.missing': {
    cause:
      'Nella fase del ciclo devono valere delle regole, ma non è impostato alcun controllo quotidiano: una violazione passerebbe inosservata.',
    remedy: 'Controllare ora e impostare il controllo del mattino seguente (retry).',
  },
  'outbox.orphan': {
    cause: 'Effetti di decisioni attendono da molto e non sono stati consegnati alla coda.',
    remedy:
      'Avviare un worker o guardare la coda che li rifiuta; retry li prepara per il prossimo passaggio.',
  },
  'effect.lost': {
    cause:
      'Effetti sono stati consegnati alla coda da molto tempo e non sono stati né applicati né abbandonati.',
    remedy:
      'Inviarli di nuovo (retry): un effetto già applicato non lo è due volte. Se ritornano, guardare i worker.',
  },
  'dead-letter': {
    cause: 'Un effetto non ha potuto essere applicato ed è stato abbandonato.',
    remedy: 'Eliminare la ragione indicata nei dettagli, poi inviarlo di nuovo (retry).',
  },
  'operation.stalled': {
    cause: "Un'operazione collettiva è in corso e non avanza da molto.",
    remedy: 'Farla proseguire (retry) o annullarla: ciò che è fatto resta fatto.',
  },
  'lock.held': {
    cause:
      'Una sessione della banca dati tiene aperta una transazione o attende un blocco da molto; altri forse la attendono.',
    remedy:
      'Scoprire di chi è la sessione; terminarla con pg_terminate_backend(pid) se nessuno ne ha bisogno.',
  },
  'clock.skew': {
    cause:
      'Gli orologi divergono: quello della banca dati e di questa macchina, o quello del programma e ciò che è già scritto.',
    remedy:
      "Regolare gli orologi con NTP. Ciò che è datato in anticipo torna giusto quando l'orologio lo ha raggiunto.",
  },
};
