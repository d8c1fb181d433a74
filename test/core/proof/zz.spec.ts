import { it } from '@jest/globals';
import { modelOf, shippedFiles } from './model-check-fixtures.js';
import { checkModel } from '../../../src/core/proof/model-check.js';
import { addRule, leaf } from './planted-faults.js';
import { Dice } from '../gates/small-world.js';
it('big', () => {
  for (const n of [60, 200]) {
    const dice = new Dice(1);
    const files = shippedFiles();
    const names = files.facts.facts
      .filter((f) => f.type.kind === 'integer' && f.owner !== 'engine' && f.type.max! > 900)
      .map((f) => f.name);
    const tpl = files.facts.facts.find((f) => f.name === 'adw.held')!;
    for (let i = 0; i < n; i++) {
      let nm = dice.pick(names);
      if (i % 2) {
        nm = `extra.fact_${i}`;
        files.facts.facts.push({ ...tpl, name: nm });
      }
      addRule(
        { dice, files, gate: 'agenda_setting.exit' },
        { all: [leaf(nm, 'greaterThanInclusive', 1 + dice.upTo(900))] },
        { id: `R${String(33 + (i % 60)).padStart(2, '0')}${'abcdefgh'[Math.floor(i / 60)]}` },
      );
    }
    const model = modelOf(files)!;
    const t = performance.now();
    const c = process.cpuUsage().user;
    const r = checkModel(model);
    process.stderr.write(
      `${n}: ${(performance.now() - t).toFixed()} ms cpu ${(process.cpuUsage().user - c) / 1000} alarms ${r.alarms.length} und ${r.undecided.length}\n`,
    );
  }
});
