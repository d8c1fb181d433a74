import type { FindingText } from './finding-text.js';

/** What the doctor says in Slovenian, by the code of the finding. */
export const FINDING_WORDS_SL: FindingText = {
  'history.differs': {
    cause: 'Podatki cikla se ne ujemajo z njegovim dnevnikom: spremenjeni so bili mimo programa.',
    remedy:
      'Primerjajte z ukazom `cycles verify --cycle <id>` in podatke popravite ročno ali obnovite varnostno kopijo; samo od sebe se to ne popravi.',
  },
  'cycle.snapshot-invalid': {
    cause: 'Cikel je v stanju, ki ga njegov potek dela ne pozna.',
    remedy: 'Podatke cikla obnovite iz dnevnika ali ga preselite na različico, ki to stanje pozna.',
  },
  'cycle.definition-edited': {
    cause:
      'Potek dela ali pravilnik, na katerega je cikel vezan, je bil spremenjen: nameščen je z drugačno vsebino.',
    remedy: 'Spremembo razveljavite in ji dajte novo različico; nato cikel preselite nanjo.',
  },
  'cycle.unknown-version': {
    cause:
      'Različica poteka dela ali pravilnika, na katero je cikel vezan, tukaj ni nameščena. Cikel ostane nedotaknjen.',
    remedy: 'Dokončajte posodobitev ali namestite različico; ali pa cikel preselite na nameščeno različico.',
  },
  'cycle.no-future': {
    cause:
      'Cikla ne more premakniti nič več: noben dogodek, ki bi ga smel sprožiti delujoč račun, noben rok, nobena naloga z delujočo osebo, nobena točka usklajevanja.',
    remedy:
      'Oglejte si vzroke v podrobnostih: manjkajoči osebi dajte račun, naloge dodelite na novo, odobrite izjemo ali umaknite cikel.',
  },
  'cycle.nobody-to-move': {
    cause: 'Ni delujočega koordinatorja: nihče ne sme premikati ciklov programa.',
    remedy: 'Ustvarite račun z vlogo coordinator ali znova omogočite onemogočenega.',
  },
  'cycle.suspended-too-long': {
    cause: 'Cikel miruje že zelo dolgo in noben rok ne bo nikogar opomnil nanj.',
    remedy: 'Cikel nadaljujte ali ga umaknite.',
  },
  'sync-point.unreachable': {
    cause: 'Premalo članov lahko še doseže točko usklajevanja: nikoli ne bo sproščena.',
    remedy:
      'Naj se presodi znova (retry): člani, katerih cikel je končan, ne štejejo več. Če to ne zadošča, spremenite pravilo v programu.',
  },
  'task.assignee-gone': {
    cause: 'Naloga je pri računu, ki ne obstaja več ali je onemogočen.',
    remedy: 'Nalogo sprostite (retry), da jo lahko prevzame kdo drug, ali jo dodelite na novo.',
  },
  'task.nobody': {
    cause:
      'V regiji čakajo naloge, ki jih tam ne more opraviti noben delujoč račun; kvečjemu lahko vskoči koordinacija.',
    remedy: 'Ustvarite račun za organ regije, znova omogočite onemogočenega ali naloge prenesite.',
  },
  'timer.overdue': {
    cause: 'Roki so zapadli, a se niso sprožili.',
    remedy: 'Zaženite delavca (worker) ali preglejte njegov dnevnik; retry jih sproži zdaj.',
  },
  'timer.missing': {
    cause: 'Rok faze cikla ne čaka in se od vstopa v fazo tudi ni sprožil.',
    remedy: 'Nastavite ga znova (retry): čas teče od zdaj.',
  },
  'standing-check.missing': {
    cause:
      'V fazi cikla morajo veljati pravila, a dnevno preverjanje ni nastavljeno: kršitev bi ostala neopažena.',
    remedy: 'Preverite zdaj in nastavite preverjanje za naslednje jutro (retry).',
  },
  'outbox.orphan': {
    cause: 'Učinki odločitev že dolgo čakajo in niso bili predani vrsti.',
    remedy:
      'Zaženite delavca (worker) ali preglejte vrsto, ki jih zavrača; retry jih pripravi za naslednji obhod.',
  },
  'effect.lost': {
    cause: 'Učinki so bili že zdavnaj predani vrsti, a niso bili ne izvedeni ne opuščeni.',
    remedy:
      'Pošljite jih znova (retry): že izveden učinek se ne izvede dvakrat. Če se vrnejo, preglejte delavce.',
  },
  'dead-letter': {
    cause: 'Učinka ni bilo mogoče izvesti in je bil opuščen.',
    remedy: 'Odpravite razlog, ki ga navajajo podrobnosti, nato ga pošljite znova (retry).',
  },
  'operation.stalled': {
    cause: 'Skupinska operacija teče, a že dolgo ne napreduje.',
    remedy: 'Naj se nadaljuje (retry) ali jo prekličite: kar je narejeno, ostane narejeno.',
  },
  'lock.held': {
    cause:
      'Seja podatkovne zbirke že dolgo drži odprto transakcijo ali čaka na zaklep; drugi morda čakajo nanjo.',
    remedy: 'Ugotovite, čigava je seja; če je nihče ne potrebuje, jo končajte s pg_terminate_backend(pid).',
  },
  'clock.skew': {
    cause: 'Ure se razhajajo: ura podatkovne zbirke in tega računalnika ali ura programa in že zapisano.',
    remedy: 'Ure nastavite z NTP. Kar je datirano vnaprej, spet drži, ko ura to dohiti.',
  },
};
