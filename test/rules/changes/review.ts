import { off } from '../rules.ts';

const review = 'core/review.ts';
const objective = 'core/objective.ts';
const gates = 'core/gates.ts';
const shared = 'shared folder, several live';

/** P8: what switches an approval's gates off, one by one. */
export const reviewChanges = [
  off(
    'P8',
    objective,
    'A DONE-WHEN is not judged.',
    'if (!own) {',
    'if (!own) continue;\n    if (false as boolean) {',
  ),
  off('P8', objective, 'A DONE-WHEN passes without a word.', 'if (isBlank(own.word)) {', 'if (false) {'),
  off(
    'P8',
    objective,
    'A result is approved past what the reviewer failed.',
    'if (!own.pass) {',
    'if (false) {',
  ),
  off(
    'P8',
    objective,
    'What is seen by eye is not confirmed.',
    'return [...conditions, ...seen];',
    'return conditions;',
  ),
  off(
    'P8',
    objective,
    'Failed work is approved.',
    "if (packet.outcome === 'failed' || packet.outcome === 'blocked') {",
    'if (false) {',
  ),
  off(
    'P8',
    objective,
    'A DONE-WHEN without evidence is met.',
    'return !packet.evidence.some(meant) || packet.open.some(meant);',
    'return packet.open.some(meant);',
  ),
  off('P8', review, 'Unseen changes are approved.', 'if (shown === undefined) {', 'if (false) {'),
  off('P8', review, 'What changed since it was shown is approved.', 'measured?.shown === shown && ', ''),
  off(
    'P8',
    review,
    'What was shown of an earlier epoch is approved.',
    ' && measured.epoch === result.epoch',
    '',
  ),
  off(
    'P8',
    review,
    'A result is approved past a failed gate.',
    'return standing && { events: [], refusal: standing };',
    'return undefined;',
  ),
  off('P8', review, 'An agent approves past a failed gate.', "if (actor.seat !== 'user') {", 'if (false) {'),
  off('P8', review, 'An override gives no reason.', 'if (isBlank(override.reason)) {', 'if (false) {'),
  off('P8', review, 'An override names what does not fail.', 'if (needless) {', 'if (false) {'),
  off(
    'P8',
    gates,
    'A file outside SCOPE passes.',
    'if (!holds(territory, name)) return',
    'if (false) return',
  ),
  off('P8', gates, 'A rename takes a file from outside SCOPE.', '[name, from?.name].filter', '[name].filter'),
  off(
    'P8',
    gates,
    'A file that no folder shows passes.',
    'if (file.name === undefined) return',
    'if (false) return',
  ),
  off(
    'P8',
    gates,
    'What a submodule has not committed passes.',
    'if (file.unsaved) return',
    'if (false) return',
  ),
  off(
    'P8',
    gates,
    'Unsaved edits are no risk.',
    'if (namesOf(file).some((name) => unsaved.has(name))) {',
    'if (false) {',
  ),
  off(
    'P8',
    gates,
    'What does not merge passes.',
    "if (merge.kind === 'conflicts' && ",
    'if (false as boolean && ',
  ),
  off('P8', gates, 'What may not merge passes.', "if (merge.kind === 'unknown')", 'if (false)'),
  off(
    'P8',
    gates,
    'What cannot be measured passes.',
    "if ('why' in seen) return gate('scope', [seen.why], '', seen.next);",
    "if ('why' in seen) return gate('scope', [], notMeasured, '');",
  ),
  off(
    'P8',
    gates,
    'A file nobody changed that anybody knows passes.',
    "if (file.by === 'unknown') return",
    'if (false) return',
    shared,
  ),
  off(
    'P8',
    gates,
    'What others changed fails the worker.',
    "return by !== 'another' && by !== 'user';",
    'return by !== undefined || by === undefined;',
    shared,
  ),
  off('P8', gates, 'VERIFY need not be witnessed.', 'shortfall(one, least) ?? []', '[]'),
  off('P12', review, 'Any words are a commit message.', 'if (message !== undefined) {', 'if (false) {'),
];
