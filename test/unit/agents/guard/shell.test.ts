import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsWrite, shellWrites } from '../../../../src/agents/guard/shell/writes.ts';
import { removeFolder, temporaryFolder } from '../../../rig/temporary.ts';

/** Commands, and the files of the folder that they write. */
const writing: readonly (readonly [string, ...string[]])[] = [
  // Redirections
  ['echo x > a.txt', 'a.txt'],
  ['echo x>>a.txt', 'a.txt'],
  ['echo x >| a.txt 2>err.log', 'a.txt', 'err.log'],
  ['npm test &> out.log', 'out.log'],
  ['npm test >& out.log', 'out.log'],
  ['> src/a.ts', 'src/a.ts'],
  ["cat <<'EOF' > src/new.ts\nrm src/b.ts\nEOF\ntouch z", 'src/new.ts', 'z'],
  ['cat > src/new.ts <<-END\n\tx > y\n\tEND\ntouch z', 'src/new.ts', 'z'],
  ['echo "it\'s > b" > "my file.txt"', 'my file.txt'],
  ['echo x > my\\ file.txt', 'my file.txt'],
  ['echo x \\\n  > a.txt', 'a.txt'],
  ['exec 3> a.txt', 'a.txt'],
  ['echo x > $PWD/a.txt', 'a.txt'],
  ['echo x > "$PWD/src/a.ts"', 'src/a.ts'],
  ['{ echo x; } > a.txt', 'a.txt'],
  ['for f in 1 2; do echo $f >> a.txt; done', 'a.txt'],
  ['if true; then rm src/a.ts; fi', 'src/a.ts'],
  ['case $1 in a) rm src/a.ts ;; esac', 'src/a.ts'],
  ['(cd src && rm a.ts); rm z', 'src/a.ts', 'z'],
  ['cd src; rm a.ts', 'src/a.ts'],
  ['rm z; cd $DIR; rm a.ts; rm /out/x', 'z', '/out/x'],
  ['echo "$(rm src/a.ts)"', 'src/a.ts'],
  ['echo `rm src/a.ts`', 'src/a.ts'],
  ['echo $(echo "a)" $(rm src/a.ts)) > b', 'src/a.ts', 'b'],
  ['diff <(sort a) <(sort b) > c', 'c'],
  ['ls # > no\nrm z', 'z'],
  ['echo x > ~/a.txt', '/homes/one/a.txt'],
  ['echo x > "$HOME/a.txt"', '/homes/one/a.txt'],
  ['[[ a > b ]] && rm z', 'z'],
  ['if [[ a > b && c < d ]]; then rm z; fi', 'z'],
  // Programs
  ['ls | tee a.txt b.txt', 'a.txt', 'b.txt'],
  ['ls | tee -a a.txt', 'a.txt'],
  ["sed -i 's/a/b/' src/a.ts", 'src/a.ts'],
  ["sed -i.bak -e 's/a/b/' src/a.ts src/b.ts", 'src/a.ts', 'src/b.ts'],
  ["sed -i '' 's/a/b/' src/a.ts", 'src/a.ts'],
  ["sed -Ei 's/(a)/b/' src/a.ts", 'src/a.ts'],
  ["sed -ie 's/a/b/' src/a.ts", 'src/a.ts'],
  ["sed --in-place 's/a/b/' src/*.ts", 'src/a.ts', 'src/b.ts'],
  ["perl -pi -e 's/a/b/' src/a.ts", 'src/a.ts'],
  ["perl -i.bak -pe 's/a/b/' src/a.ts", 'src/a.ts'],
  ['rm -f src/a.ts', 'src/a.ts'],
  ['rm src/{a,b}.ts', 'src/a.ts', 'src/b.ts'],
  ['rm src/?.ts', 'src/a.ts', 'src/b.ts'],
  ['rm src/[!b].ts', 'src/a.ts'],
  ['rm "src/*.ts"', 'src/*.ts'],
  ['rm none/*.ts', 'none/*.ts'],
  ['rm -rf src', 'src/a.ts', 'src/b.ts', 'src/deep/c.ts'],
  ['rm -rf empty', 'empty'],
  ['rm -- -odd', '-odd'],
  ['\\rm z', 'z'],
  ['/bin/rm z', 'z'],
  ['sudo -u one rm z', 'z'],
  ['A=b env -i C=d timeout 5 nice -n 3 rm z', 'z'],
  ['! rm z', 'z'],
  ['mv src/a.ts src/c.ts', 'src/a.ts', 'src/c.ts'],
  ['mv src/a.ts src/b.ts empty', 'src/a.ts', 'src/b.ts', 'empty/a.ts', 'empty/b.ts'],
  ['mv -t empty src/a.ts', 'src/a.ts', 'empty/a.ts'],
  ['cp src/a.ts src/c.ts', 'src/c.ts'],
  ['cp src/a.ts empty/', 'empty/a.ts'],
  ['cp -r src/deep copy', 'copy/c.ts'],
  ['cp -r src/deep empty', 'empty/deep/c.ts'],
  ['cp "$FILE" src/c.ts', 'src/c.ts'],
  ['install -m 644 src/a.ts c.ts', 'c.ts'],
  ['ln -s src/a.ts link.ts', 'link.ts'],
  ['ln -s ../src/b.ts', 'b.ts'],
  ['truncate -s 0 src/a.ts', 'src/a.ts'],
  ['dd if=/dev/zero of=src/a.ts bs=1', 'src/a.ts'],
  ['touch -r src/b.ts src/a.ts', 'src/a.ts'],
  ['chmod +x src/a.ts', 'src/a.ts'],
  ['chmod -x src/a.ts', 'src/a.ts'],
  ['curl -sSLo a.tar https://example.org/a.tar', 'a.tar'],
  ['wget -O a.tar https://example.org/a.tar', 'a.tar'],
  ['patch src/a.ts < change.diff', 'src/a.ts'],
  ['patch -p1 < change.diff', 'src/a.ts', 'src/old.ts', 'src/new.ts'],
  ['patch -p1 -i change.diff', 'src/a.ts', 'src/old.ts', 'src/new.ts'],
  ['curl https://example.org/x | patch -p1', '.'],
  [
    "apply_patch <<'P'\n*** Begin Patch\n*** Update File: src/a.ts\n*** Move to: src/m.ts\n*** End Patch\nP",
    'src/a.ts',
    'src/m.ts',
  ],
  ['find src -name "*.ts" -delete', 'src/a.ts', 'src/b.ts', 'src/deep/c.ts'],
  ['find src/deep -type f -exec rm {} +', 'src/deep/c.ts'],
  ["find src/deep -exec sed -i 's/a/b/' {} \\;", 'src/deep/c.ts'],
  ['bash -c "rm z"', 'z'],
  ["sh -euc 'cd src; rm a.ts'", 'src/a.ts'],
  ["bash <<'X'\nrm z\nX", 'z'],
  ['eval "rm z"', 'z'],
  ["xargs -n 1 sh -c 'rm z'", 'z'],
  // git
  ['git checkout -- src/a.ts', 'src/a.ts'],
  ['git checkout src/a.ts src/b.ts', 'src/a.ts', 'src/b.ts'],
  ['git checkout main gone.ts', 'gone.ts'],
  ['git checkout main', '.'],
  ['cd src && git checkout main', '.'],
  ['git checkout .', 'change.diff', 'src/a.ts', 'src/b.ts', 'src/deep/c.ts', 'out', '-odd'],
  ['git -C src checkout -- a.ts', 'src/a.ts'],
  ['git switch main', '.'],
  ['git restore src/a.ts', 'src/a.ts'],
  ['git restore --source HEAD~1 -- src/a.ts', 'src/a.ts'],
  ['git restore --staged --worktree src/a.ts', 'src/a.ts'],
  ['git stash', '.'],
  ['git stash pop', '.'],
  ['git stash push -- src/a.ts', 'src/a.ts'],
  ['git -c core.pager=cat reset --hard HEAD~1', '.'],
  ['git clean -fd', '.'],
  ['git clean -f src/deep', 'src/deep/c.ts'],
  ['git apply change.diff', 'src/a.ts', 'src/old.ts', 'src/new.ts'],
  ['git apply -p0 none.diff', '.'],
  ['git apply <<X\n--- a/src/b.ts\n+++ b/src/b.ts\nX', 'src/b.ts'],
  ['git rm src/a.ts', 'src/a.ts'],
  ['git mv src/a.ts src/c.ts', 'src/a.ts', 'src/c.ts'],
  ['git merge other', '.'],
  ['git pull --rebase', '.'],
  ['git rebase main', '.'],
  ['git cherry-pick abc', '.'],
];

/** Commands that write nothing, or of which nobody can say before the run what. */
const passing: readonly string[] = [
  '',
  'ls -la src',
  'cat src/a.ts | grep x',
  'npm test 2>&1',
  'npm test 2>/dev/null >/dev/null',
  'npm test >&2',
  'echo "a > b"',
  "echo 'rm z'",
  'echo rm z',
  'echo a \\> b',
  '# rm z',
  "cat <<'EOF'\nrm z > y\nEOF",
  'sort <<< "x > y"',
  'grep -rn "x" src < a.txt',
  '[[ a > b ]]',
  '(( a > b ))',
  'test 3 -gt 2',
  "sed 's/a/b/' src/a.ts",
  "sed -n '1,5p' src/a.ts",
  "perl -ne 'print' src/a.ts",
  'rm',
  'rm $FILE',
  'rm "$DIR/a.ts" src/$NAME',
  'rm "$(mktemp)"',
  'echo x > "$OUT"',
  'cd "$DIR" && rm a.ts',
  'ls | xargs rm',
  'ls | xargs -I{} mv {} empty',
  'mkdir -p src/new',
  'git status',
  'git log --oneline -- src/a.ts',
  'git diff > /dev/null',
  'git checkout -b topic',
  'git switch -c topic',
  'git restore --staged src/a.ts',
  'git reset HEAD src/a.ts',
  'git stash list',
  'git clean -n',
  'git rm --cached src/a.ts',
  'git apply --check change.diff',
  'git commit -am "rm z > y"',
  'git add . && git push',
  'find src -name "*.ts"',
  'find src -exec grep x {} \\;',
  'command -v rm',
  'patch --dry-run -p1 < change.diff',
  'curl https://example.org',
  'node script.js',
  './rm-all.sh',
  'python3 -c \'open("a","w")\'',
  'echo "unfinished',
  "echo 'unfinished",
  'echo $(unfinished',
  'cat <<EOF',
  ')))',
  '>',
  '| ;; &&',
  '${',
  '`',
];

describe('the guard reads a shell’s text', () => {
  let folder: string;
  before(async () => {
    folder = await temporaryFolder('shell');
    for (const name of ['src/deep', 'empty', '.git']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['src/a.ts', 'src/b.ts', 'src/deep/c.ts', '.git/HEAD', '-odd'])
      writeFileSync(join(folder, name), '');
    symlinkSync('/', join(folder, 'out'));
    const diff = [
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts\t2026-01-01',
      '+++ b/src/a.ts',
      'diff --git a/src/old.ts b/src/new.ts',
      'rename from src/old.ts',
      'rename to src/new.ts',
    ];
    writeFileSync(join(folder, 'change.diff'), diff.join('\n'));
  });
  after(() => removeFolder(folder));

  const read = (command: string): readonly string[] =>
    shellWrites(command, { cwd: folder, home: '/homes/one' }).map((path) =>
      path === folder ? '.' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
    );

  for (const [command, ...files] of writing)
    it(`P7: ${JSON.stringify(command)} writes`, () =>
      assert.deepEqual([...read(command)].sort(), [...files].sort()));

  it('P7: what writes nothing, or where only the run knows, passes', () => {
    for (const command of passing) assert.deepEqual(read(command), [], command);
  });

  it('P7: a command that comes as a list of arguments is read as it is', () => {
    const setting = { cwd: folder, home: '/homes/one' };
    assert.deepEqual(argumentsWrite(['bash', '-lc', 'rm z'], setting), [join(folder, 'z')]);
    assert.deepEqual(argumentsWrite(['rm', 'a b', '$x'], setting), [join(folder, 'a b'), join(folder, '$x')]);
    assert.deepEqual(argumentsWrite(['echo', '>', 'z'], setting), []);
    assert.deepEqual(argumentsWrite([], setting), []);
  });

  it('a text made to be slow is not', () => {
    for (const piece of ['$(', '"', '`', '${', '{a,', '<<E\n', 'bash -c "', "'", '((', '[', '--- a\t ', '> '])
      read(`rm ${piece.repeat(20_000)}`);
  });
});
