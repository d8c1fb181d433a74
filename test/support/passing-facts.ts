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
