import { refusal } from '../contract/refusal.ts';
import type { ChangedFile } from '../core/change.ts';
import { proposedMessage } from '../core/commitMessage.ts';
import { failedGates, fileFaults, gatesOf, type Gate } from '../core/gates.ts';
import { isGateLine, toJudge, type ToJudge } from '../core/objective.ts';
import { at } from '../core/table.ts';
import { taskId } from '../core/task.ts';
import { unmergedFiles } from '../core/unmerged.ts';
import type { Handlers } from './call.ts';
import { pageOf } from './page.ts';

/** P8: what the orchestrator judges a result by: the same gates as the user, the files, and what is to be judged. */
export const reviewView: Handlers<'review_result'> = {
  review_result: async (room, input) => {
    const { desk, changeOf } = room;
    const seen = await changeOf(input.result);
    const { state, workspace } = desk;
    const result = at(state.results, input.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (result?.state !== 'review' || !dispatch) {
      return {
        refusal: refusal(
          'not-in-review',
          `Result ${input.result} does not wait for a verdict.`,
          'Call list_inbox.',
        ),
      };
    }
    const gates = gatesOf(state, result.n, seen, workspace) ?? [];
    const measured = seen && 'measured' in seen ? seen.measured : undefined;
    const files = measured?.files ?? [];
    const faults = measured ? fileFaults(state, dispatch, measured, workspace) : [];
    const whyOf = new Map(faults.map(({ file, why }) => [file, why]));
    const worst = files.toSorted((one, other) => Number(whyOf.has(other)) - Number(whyOf.has(one)));
    const [failed] = failedGates(gates);
    const next =
      unmergedFiles(seen).length > 0 && failed?.gate === 'conflict'
        ? `approve_result for result ${result.n} is refused and opens the conflict case: get_conflict, conflict_resolve. Or reject_result.`
        : failed
          ? `reject_result for result ${result.n}: ${failed.gate} fails, and only the user passes it over. ${failed.next}`
          : `approve_result with shown and judged, or reject_result, for result ${result.n}.`;
    const page = pageOf(
      'files',
      worst.map((_, index) => index + 1),
      input,
      (key) => {
        const file = worst[key - 1];
        return file && { key, line: fileLine(file, whyOf.get(file)), data: fileData(file, whyOf.get(file)) };
      },
      next,
    );
    if ('refusal' in page || input.after !== undefined) return page;
    const lines = toJudge(state, result, dispatch);
    return {
      text: [
        `RESULT ${result.n} of task ${taskId({ dispatch: dispatch.n, epoch: result.epoch })}`,
        ...gates.map((gate) => `${gate.gate}: ${standing(gate)} ${gate.reasons.join(' ')}`),
        ...lines.map((line) => `TO JUDGE: ${JSON.stringify(judgeData(line))}`),
        ...(measured ? [`SHOWN: ${measured.shown} (git diff ${measured.base} ${measured.tree})`] : []),
        page.text,
      ].join('\n'),
      content: {
        result: result.n,
        gates: gates.map(({ gate, pass, computed, reasons }) => ({ gate, pass, computed, reasons })),
        judge: lines.map(judgeData),
        ...(measured
          ? {
              shown: measured.shown,
              base: measured.base,
              tree: measured.tree,
              unsaid: measured.unsaid.slice(0, 50),
              unchanged: measured.unchanged.slice(0, 50),
            }
          : {}),
        message: proposedMessage(state, result, dispatch),
        ...page.content,
      },
    };
  },
};

function standing({ pass, computed }: Gate): string {
  return computed ? (pass ? 'passes.' : 'FAILS.') : 'is yours to judge.';
}

function judgeData({ todo, what, line, text }: ToJudge): Readonly<Record<string, unknown>> {
  if (what === 'reproduction') return { todo, reproduction: true, text };
  if (isGateLine(what)) return { gate: what, text };
  return { todo, [what === 'by-eye' ? 'by_eye' : 'done_when']: line, text };
}

function fileLine({ name, path, how, from }: ChangedFile, why: string | undefined): string {
  const before = from ? `${from.name ?? from.path} → ` : '';
  return `${how} ${before}${name ?? path}${why === undefined ? '' : `: ${why}`}`;
}

function fileData(file: ChangedFile, why: string | undefined): Readonly<Record<string, unknown>> {
  const { name, path, how, kind, from, by, added, removed } = file;
  return {
    path: name ?? path,
    how,
    ...(from ? { from: from.name ?? from.path } : {}),
    ...(kind === 'file' ? {} : { kind }),
    ...(added === undefined ? { binary: true } : { added, removed }),
    ...(by === undefined ? {} : { by }),
    ...(why === undefined ? {} : { why }),
  };
}
