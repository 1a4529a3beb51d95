/** What the suite asks of its own reference server, by name, or of what an endpoint may offer and this one does not. */
const why = {
  tool: 'calls a tool of the suite’s reference server; ours are those of the gate',
  prompt: 'gets a prompt of the suite’s reference server; ours are `orchestrate`, `work` and `debug`',
  resource: 'reads a resource of the suite’s reference server; ours are tasks and the sync status',
  completion: 'completion is not offered: no argument of a prompt has values to choose from',
  logging: 'logging is not offered: what a log says is the person’s, not an agent’s',
  subscription:
    'resources are not subscribed to: a stream would outlive its token; `get_task` waits for news',
  asking:
    'the endpoint asks a client for nothing: neither its person nor its model, so a call never hangs on them',
  customHeaders: 'no tool wants one of its arguments in a header',
  stateless:
    'there is no session: each request is answered by itself, so nothing is lost when a window reloads',
} as const;

interface NotPassed {
  readonly why: keyof typeof why;
  /** The checks that fail; the one that is named as the scenario where it is not said. None: it checks nothing. */
  readonly checks?: readonly string[];
}

const nothing: readonly string[] = [];

/** Every scenario that does not pass, whichever release has it. One that begins to pass, or ends to be, fails the test. */
export const notPassed: Readonly<Record<string, NotPassed>> = {
  'completion-complete': { why: 'completion' },
  'elicitation-sep1034-defaults': { why: 'asking', checks: ['elicitation-sep1034-general'] },
  'elicitation-sep1330-enums': { why: 'asking', checks: ['elicitation-sep1330-general'] },
  'http-custom-header-server-validation': {
    why: 'customHeaders',
    checks: [
      'sep-2243-server-decode-base64',
      'sep-2243-server-no-xmcp-tool',
      'sep-2243-server-reject-invalid-param-chars',
      'sep-2243-server-reject-param-mismatch',
      'sep-2243-server-validate-param-match',
    ],
  },
  'input-required-result-basic-elicitation': { why: 'asking', checks: ['sep-2322-elicitation-incomplete'] },
  'input-required-result-basic-list-roots': { why: 'asking', checks: ['sep-2322-list-roots-incomplete'] },
  'input-required-result-basic-sampling': { why: 'asking', checks: ['sep-2322-sampling-incomplete'] },
  'input-required-result-capability-check': {
    why: 'asking',
    checks: ['sep-2322-respect-client-capabilities'],
  },
  'input-required-result-ignore-extra-params': { why: 'asking', checks: nothing },
  'input-required-result-missing-input-response': { why: 'asking', checks: nothing },
  'input-required-result-multi-round': { why: 'asking', checks: ['sep-2322-multi-round-r1'] },
  'input-required-result-multiple-input-requests': {
    why: 'asking',
    checks: ['sep-2322-multiple-inputs-incomplete'],
  },
  'input-required-result-non-tool-request': { why: 'asking', checks: ['sep-2322-non-tool-incomplete'] },
  'input-required-result-request-state': { why: 'asking', checks: ['sep-2322-request-state-incomplete'] },
  'input-required-result-result-type': { why: 'asking', checks: ['sep-2322-result-type-included'] },
  'input-required-result-tampered-state': { why: 'asking', checks: ['sep-2322-reject-tampered-state'] },
  'json-schema-2020-12': { why: 'tool', checks: ['json-schema-2020-12-tool-found'] },
  'logging-set-level': { why: 'logging' },
  'prompts-get-embedded-resource': { why: 'prompt' },
  'prompts-get-simple': { why: 'prompt' },
  'prompts-get-with-args': { why: 'prompt' },
  'prompts-get-with-image': { why: 'prompt' },
  'resources-read-binary': { why: 'resource' },
  'resources-read-text': { why: 'resource' },
  'resources-subscribe': { why: 'subscription' },
  'resources-templates-read': { why: 'resource' },
  'resources-unsubscribe': { why: 'subscription' },
  'server-session-lifecycle': { why: 'stateless', checks: nothing },
  'server-sse-multiple-streams (2025-11-25)': { why: 'stateless', checks: nothing },
  'server-sse-polling': { why: 'stateless', checks: nothing },
  // The other 22 checks of it pass.
  'server-stateless': {
    why: 'tool',
    checks: [
      'sep-2575-http-server-no-independent-requests-on-stream',
      'sep-2575-missing-capability-http-400',
      'sep-2575-server-no-log-without-loglevel',
      'sep-2575-server-rejects-undeclared-capability',
    ],
  },
  'tools-call-audio': { why: 'tool' },
  'tools-call-elicitation': { why: 'asking' },
  'tools-call-embedded-resource': { why: 'tool' },
  'tools-call-error': { why: 'tool' },
  'tools-call-image': { why: 'tool' },
  'tools-call-mixed-content': { why: 'tool' },
  'tools-call-sampling': { why: 'asking' },
  'tools-call-simple-text': { why: 'tool' },
  'tools-call-with-logging': { why: 'logging' },
  'tools-call-with-progress': { why: 'tool' },
};

/** A line for whoever reads a failure. */
export function reasonFor(scenario: string): string {
  const found = notPassed[scenario];
  return found ? why[found.why] : 'it has to pass';
}
