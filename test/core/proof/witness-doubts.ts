import type { Alarm, WitnessClaim } from '../../../src/core/proof/model-check-alarm.js';
import type { Model } from '../../../src/core/proof/model-check-model.js';
import { replayWitness } from '../../../src/core/proof/model-check-replay.js';

/** Where the replay of a witness does not bear the alarm out; empty: it does. */
export function doubtsOf({ code, params, witness }: Alarm, model: Model): readonly string[] {
  const replay = replayWitness(model, witness);
  const doubts: string[] = [];
  const doubt = (isSo: boolean, what: string) => {
    if (isSo) doubts.push(what);
  };
  doubt(replay.endsIn !== witness.endsIn, `ends in ${replay.endsIn}, not in ${witness.endsIn}`);
  for (const [i, { shows, event }] of witness.questions.entries()) {
    const answer = replay.answers[i];
    doubt(
      shows.outcome !== null && answer?.outcome !== shows.outcome,
      `answers ${answer?.outcome}, not ${shows.outcome}`,
    );
    doubt(event !== null && shows.outcome === null, 'claims no outcome');
    for (const [rule, word] of Object.entries(shows.rules)) {
      doubt(answer?.rules[rule] !== word, `${rule} is ${answer?.rules[rule]}, not ${word}`);
    }
  }
  const { missesMilestone } = witness;
  doubt(missesMilestone !== null && replay.milestones.has(missesMilestone), `reaches ${missesMilestone}`);
  return [
    ...doubts,
    ...doubtsOfCode(
      code,
      params,
      witness.questions.map(({ shows }) => shows),
    ),
  ];
}

/** What the questions must claim for an alarm of this code, wherever the cycle can be led before the gate. */
function doubtsOfCode(
  code: Alarm['code'],
  params: Alarm['params'],
  claims: readonly WitnessClaim[],
): readonly string[] {
  const refusals: readonly WitnessClaim['outcome'][] = [
    'gate.refused',
    'gate.missing',
    'event.not-possible',
    'event.target-unknown',
    null,
  ];
  const all = (outcomes: readonly WitnessClaim['outcome'][]) =>
    claims.length > 0 && claims.every(({ outcome }) => outcomes.includes(outcome));
  const rule = String(params.rule);
  const word = claims[0]?.rules[rule];
  switch (code) {
    case 'gate.always-open':
      return all(['advanced', null]) ? [] : ['does not show that it opens'];
    case 'rule.never-holds':
      return all(['advanced', null]) && word === 'fail' ? [] : ['does not show it broken in an open gate'];
    case 'rule.dead':
      return word === 'fail' &&
        Object.values(claims[0]?.rules ?? {}).filter((each) => each === 'fail').length > 1
        ? []
        : word === 'pass'
          ? []
          : ['does not show that another rule fails with it'];
    case 'rules.contradict': {
      const [one = '', other = ''] = [params.rules].flat().map(String);
      const shown = claims.map(({ rules }) => `${rules[one]} ${rules[other]}`);
      return shown.join() === 'pass fail,fail pass' ? [] : [`shows ${shown.join()}`];
    }
    case 'rule.undecidable':
      return word === 'unknown' ? [] : ['does not show it unknown'];
    case 'rule.unsatisfiable':
      return word === 'fail' ? [] : ['does not show it broken'];
    case 'sync-point.waits-for-itself':
    case 'sync-point.never-released':
    case 'sync-point.members-cannot-arrive':
      return [];
    default:
      return all(refusals) ? [] : ['does not show a refusal'];
  }
}
