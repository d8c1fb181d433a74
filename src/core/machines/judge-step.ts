import { pointerTo, type Problem } from '../terms/problem.js';
import type { EffectDefinition } from './workflow-schema.js';

/** The names that a step may use. */
export interface StepSurroundings {
  /** Every gate that a rulebook has rules for. */
  readonly gates: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
}

/** Judges what a transition, or a timer, names: its gate and its effects. */
export function judgeStep(
  { gate, effects }: { readonly gate?: string | undefined; readonly effects: readonly EffectDefinition[] },
  base: string,
  { gates, templates }: StepSurroundings,
): Problem[] {
  const problems = judgeEffects(effects, `${base}/effects`, { templates, tasks: null });
  if (gate === undefined || gates.has(gate)) return problems;
  const message = `no rulebook has a gate ${gate}`;
  return [{ pointer: `${base}/gate`, code: 'gate.unknown', message }, ...problems];
}

/** @param allowed `tasks`: the one effect on tasks that may stand here; null: neither may */
export function judgeEffects(
  effects: readonly EffectDefinition[],
  base: string,
  allowed: {
    readonly templates: ReadonlySet<string>;
    readonly tasks: 'open-tasks' | 'close-tasks' | null;
  },
): Problem[] {
  return effects.flatMap((effect, index): Problem[] => {
    const pointer = pointerTo(base, index);
    if (effect.type === 'notify' && !allowed.templates.has(effect.template)) {
      const message = `there is no notice template ${effect.template}`;
      return [{ pointer: `${pointer}/template`, code: 'notice.template-unknown', message }];
    }
    if ((effect.type === 'open-tasks' || effect.type === 'close-tasks') && effect.type !== allowed.tasks) {
      const message = 'tasks open in onEntry and close in onExit of their stage';
      return [{ pointer: `${pointer}/type`, code: 'effect.misplaced', message }];
    }
    return [];
  });
}
