import type { FindingText } from './finding-text.js';

/** What the doctor says in French, by the code of the finding. */
export const FINDING_WORDS_FR: FindingText = {
  'history.differs': {
    cause:
      'Les données du cycle ne correspondent pas à son journal : elles ont été modifiées sans passer par le programme.',
    remedy:
      'Comparer avec `cycles verify --cycle <id>` et rétablir les données à la main, ou restaurer une sauvegarde ; rien ne se répare tout seul.',
  },
  'cycle.snapshot-invalid': {
    cause: 'Le cycle se trouve dans un état que son déroulement ne connaît pas.',
    remedy:
      "Rétablir les données du cycle d'après son journal, ou le migrer vers une version qui connaît cet état.",
  },
  'cycle.definition-edited': {
    cause:
      'Le déroulement ou le recueil de règles auquel le cycle est lié a été modifié : il est installé avec un autre contenu.',
    remedy: 'Annuler la modification et lui donner une nouvelle version ; puis y migrer le cycle.',
  },
  'cycle.unknown-version': {
    cause:
      "La version du déroulement ou du recueil de règles à laquelle le cycle est lié n'est pas installée ici. Le cycle est laissé tel quel.",
    remedy:
      'Terminer la mise à jour en cours ou installer la version ; ou migrer le cycle vers une version installée.',
  },
  'cycle.no-future': {
    cause:
      "Plus rien ne peut faire avancer le cycle : aucun événement qu'un compte actif puisse déclencher, aucune échéance, aucune tâche confiée à une personne active, aucun point de synchronisation.",
    remedy:
      'Voir les causes dans les détails : donner un compte à la personne manquante, réattribuer les tâches, accorder une dérogation ou retirer le cycle.',
  },
  'cycle.nobody-to-move': {
    cause: "Il n'y a plus de coordination active : personne ne peut faire avancer les cycles du programme.",
    remedy: 'Créer un compte avec le rôle coordinator, ou en réactiver un.',
  },
  'cycle.suspended-too-long': {
    cause: 'Le cycle est suspendu depuis très longtemps et aucune échéance ne le rappellera à personne.',
    remedy: 'Reprendre le cycle, ou le retirer.',
  },
  'sync-point.unreachable': {
    cause:
      'Trop peu de membres peuvent encore atteindre le point de synchronisation : il ne sera jamais libéré.',
    remedy:
      'Le faire réévaluer (retry) : les membres dont le cycle est terminé ne comptent plus. Si cela ne suffit pas, changer sa règle dans le programme.',
  },
  'task.assignee-gone': {
    cause: "La tâche est confiée à un compte qui n'existe plus ou qui est désactivé.",
    remedy: "Libérer la tâche (retry) pour que quelqu'un d'autre puisse la prendre, ou la réattribuer.",
  },
  'task.nobody': {
    cause:
      "Des tâches attendent dans une région où aucun compte actif ne peut les accomplir ; tout au plus la coordination peut s'en charger.",
    remedy: "Créer un compte pour l'autorité de la région, en réactiver un, ou déléguer les tâches.",
  },
  'timer.overdue': {
    cause: 'Des échéances sont passées sans avoir été déclenchées.',
    remedy: 'Démarrer un worker ou consulter son journal ; retry les déclenche maintenant.',
  },
  'timer.missing': {
    cause:
      "Une échéance de la phase du cycle n'est ni en attente ni déclenchée depuis l'entrée dans la phase.",
    remedy: 'La fixer de nouveau (retry) : son délai court à partir de maintenant.',
  },
  'standing-check.missing': {
    cause:
      "Des règles doivent être respectées pendant la phase du cycle, mais aucun contrôle quotidien n'est prévu : un manquement passerait inaperçu.",
    remedy: 'Contrôler maintenant et fixer le contrôle du lendemain matin (retry).',
  },
  'outbox.orphan': {
    cause: 'Des effets de décisions attendent depuis longtemps sans avoir été remis à la file.',
    remedy:
      'Démarrer un worker ou examiner la file qui les refuse ; retry les prépare pour le prochain passage.',
  },
  'effect.lost': {
    cause: 'Des effets ont été remis à la file il y a longtemps sans avoir été appliqués ni abandonnés.',
    remedy:
      "Les renvoyer (retry) : un effet déjà appliqué ne l'est pas deux fois. S'ils reviennent, examiner les workers.",
  },
  'dead-letter': {
    cause: "Un effet n'a pas pu être appliqué et a été abandonné.",
    remedy: 'Éliminer la raison indiquée dans les détails, puis le renvoyer (retry).',
  },
  'operation.stalled': {
    cause: "Une opération groupée est en cours et n'avance plus depuis longtemps.",
    remedy: "La faire continuer (retry) ou l'annuler : ce qui est fait reste fait.",
  },
  'lock.held': {
    cause:
      "Une session de la base de données garde une transaction ouverte ou attend un verrou depuis longtemps ; d'autres l'attendent peut-être.",
    remedy:
      "Chercher à qui est la session ; la terminer avec pg_terminate_backend(pid) si personne n'en a besoin.",
  },
  'clock.skew': {
    cause:
      'Des horloges divergent : celles de la base de données et de cette machine, ou celle du programme et ce qui est déjà écrit.',
    remedy:
      "Régler les horloges par NTP. Ce qui est daté en avance redevient juste quand l'horloge l'a rattrapé.",
  },
};
