type Span = { readonly from: number; readonly to: number };

const asked =
  'test|tests|build|run|install|check|lint|ci|start|fmt|vet|clippy|apply|plan|validate|status|diff|log|up|bench|doc|publish|pack|audit|exec|typecheck|dev|deploy|version|compose|logs|ps|get|describe|rollout|upgrade|template|grep|ls|verify|migrate|serve|watch|coverage|e2e|flash|size|all|clean|docs|format|sync|unit|integration|smoke|release|debug|generate|codegen|show|rev-parse|ls-files|analyze|analyse|pub|config|benchmark';
const always =
  'npm|pnpm|yarn|npx|cargo|pytest|tox|nox|mypy|ruff|flake8|pylint|tsc|eslint|mocha|vitest|jest|rspec|rubocop|phpunit|composer|gradle|mvn|sbt|dotnet|msbuild|cmake|ctest|ninja|bazel|meson|kubectl|helm|terraform|tofu|ansible-playbook|docker-compose|docker|podman|git|gh|curl|wget|jq|psql|sqlite3|mysql|redis-cli|openssl|shellcheck|clang-tidy|clang-format|valgrind|objdump|readelf|swiftlint|xcodebuild|flutter|dart|deno|bun|uv|poetry|pip|pip3|python|python3|ruby|bundle|rake|php|perl|rg|grep|nm|adb|idf\\.py|west|platformio|pio|esptool\\.py|mdbook|mkdocs|sphinx-build|hugo|vale|markdownlint|nginx|systemctl|promtool|tflint|dbt|sqlfluff|stack|cabal|mix|zig|opam|dune|lake|ghc|javac|nix|buf|protoc|godot|butler|fastlane|nslookup|dig|ffprobe|ffmpeg|gitlint|commitlint|prettier|stylelint|playwright|cypress|k6|wrk|ab|hyperfine|llvm-lit|lit|FileCheck';
const verbs = new Set(asked.split('|'));
const plainEnglish = new Set([
  'go',
  'make',
  'node',
  'swift',
  'just',
  'task',
  'java',
  'bash',
  'sh',
  'diff',
  'cat',
  'ls',
  'head',
]);

const program = new RegExp(
  `(?<![\\w./@-])(?:${always}|go|make|node|swift|just|task|java|bash|sh|\\.{0,2}/[\\w./-]{1,80})(?=[ \\t])`,
  'g',
);
const goVerbs = /^(?:test|build|vet|run|mod|fmt|generate|tool|install)$/;

/** True where an argument looks like one, and not like the next word of a sentence. */
function isArgument(name: string, word: string): boolean {
  if (name === 'go') return goVerbs.test(word);
  if (plainEnglish.has(name))
    return (
      /^-|[./=:]\w/.test(word) ||
      (name === 'make' || name === 'just' || name === 'task'
        ? verbs.has(word) || /^[a-z]+[-_][\w-]+$/.test(word)
        : false) ||
      (name === 'swift' && verbs.has(word))
    );
  return (
    /^-|[./=:@]\w|^\.{1,2}$/.test(word) ||
    verbs.has(word.replace(/:.*$/, '')) ||
    /^[a-z\d]+[-_:][\w:-]+$/.test(word)
  );
}

/** Commands written into a sentence without backticks: a known program with its first argument. */
export function commandsIn(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(program)) {
    const from = match.index;
    const after = text.slice(from + match[0].length, from + match[0].length + 120);
    const word = /^[ \t]+([^\s,;"'`]+)/.exec(after);
    const argument = word?.[1]?.replace(/[.:!?)]+$/, '');
    if (word === null || argument === undefined || !isArgument(match[0], argument)) continue;
    found.push({ from, to: from + match[0].length + word[0].length });
  }
  return found;
}

const alwaysAlone = new RegExp(`^(?:${always})$`);

/** True where a text between backticks is a command and no mere name. */
export function isCommandText(text: string): boolean {
  const line = text.trim().replace(/^[$>]\s+/, '');
  const [first = '', second] = line.split(/\s+/, 2);
  if (second === undefined) return alwaysAlone.test(first) || /^\.{1,2}\/[\w./-]+$/.test(first);
  if (commandsIn(line).some(({ from }) => from === 0)) return true;
  return alwaysAlone.test(first) || (/^[a-z][\w.-]*$/.test(first) && /\s--?[a-z]/i.test(line));
}
