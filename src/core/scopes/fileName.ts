const ends = new Set(
  (
    'astro bat c cc cjs cmd conf cpp cs csproj css csv cts cxx dart env ex exs fs gif go gradle graphql h hpp htm html ' +
    'ico ini ipynb java jpeg jpg js json json5 jsonc jsx kt kts less lock log lua m md mdx mjs mm mod mts pdf php pl ' +
    'png proto ps1 py r rb rs rst sass scala scss sh sln sql sum svelte svg swift tf toml ts tsx txt vb vue wasm webp ' +
    'xml yaml yml zig'
  ).split(' '),
);

const whole = new Set(
  (
    '.dockerignore .editorconfig .env .gitattributes .gitignore .gitmodules .npmrc .nvmrc .prettierrc ' +
    'brewfile codeowners dockerfile gemfile jenkinsfile justfile license makefile procfile rakefile readme'
  ).split(' '),
);

/**
 * Whether a path without a wildcard is taken for a file only, by its last segment. The rules do not see the disk; were
 * `src/app.ts` also whatever lies below it, it would meet `**` followed by `*.md` in a file that nobody has. A folder
 * that is named so is written with `/` at its end.
 */
export function looksLikeFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return whole.has(name) || (dot > 0 && ends.has(name.slice(dot + 1)));
}
