import type { FactEntry } from '../../src/engine/facts/fact-entry.js';

/** A fact as a test reports it. */
export function fact(name: string, value: unknown, more: Partial<FactEntry> = {}): FactEntry {
  return { fact: name, value, precision: null, observedOn: null, evidence: null, note: null, ...more };
}

/** Facts with which the gate out of agenda setting opens for an advanced region on any day of July 2017. */
export function agendaSettingFacts(): FactEntry[] {
  const blocks = [1, 2, 3, 4, 5, 6].map((block) => fact(`stresstest.block.${block}`, 60 + block));
  return [
    fact('gov.body_named', true),
    fact('gov.deputy_named', true),
    fact('gov.mandate_signed_on', '2016-11-15'),
    fact('evidence.report_published_on', '2017-02-10'),
    fact('evidence.bottleneck_analysis_on', '2016-09-30'),
    fact('stresstest.opened_on', '2017-03-15'),
    fact('stresstest.closed_on', '2017-06-30'),
    fact('stresstest.responses_total', 40),
    fact('stresstest.responses.business', 16),
    fact('stresstest.responses.research', 10),
    fact('stresstest.responses.public', 9),
    fact('stresstest.responses.civil', 5),
    ...blocks,
    fact('synergy.diamonds', 2),
    fact('synergy.partner_regions', 3),
    fact('synergy.partner_regions_abroad', 1),
    fact('fields.predetermined', 3),
  ];
}

/** Facts with which the gate out of strategy development opens, for an advanced region on any day from 1 September 2017. */
export function strategyFacts(): FactEntry[] {
  return Object.entries({
    'edw.participants.business': 8,
    'edw.participants.research': 4,
    'edw.participants.public': 4,
    'edw.participants.civil': 4,
    'edw.held': 2,
    'edw.cross_region': true,
    'edw.last_held_on': '2017-03-06',
    'edw.report_published_on': '2017-04-03',
    'ta.lowest_capacity': 3,
    'ta.lowest_opportunity': 3,
    'ta.lowest_relatedness': 3,
    'ta.lowest_mean': 3.5,
    'ta.fewest_linked_projects': 3,
    'priorities.count': 5,
    'priorities.budget_share': 70,
    'ta.selected': 1,
    'ta.widest_regions': 3,
    'ta.widest_countries': 2,
    'ta.widest_all_advanced': false,
    'consultation.opened_on': '2017-05-01',
    'consultation.closed_on': '2017-05-31',
    'consultation.comments_unanswered': 0,
    'approval.regional_decision_on': '2017-06-01',
    'approval.reference': 'DGR 1020',
    'neighbours.asked': 3,
    'neighbours.answered': 3,
    'ec.1': 'met',
    'ec.2': 'met',
    'ec.3': 'met',
    'ec.4': 'met',
    'ec.5': 'met',
    'ec.6': 'met',
    'ec.7': 'met',
    'ec.documents': 7,
  }).map(([name, value]) => fact(name, value));
}
