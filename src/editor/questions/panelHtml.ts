import { createHash, randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** What the panel may load: its program, its styles and the icon font, nothing else of the extension. */
export function panelRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** What differs from one panel to the other; by the mark the one program knows what to draw. */
interface Page {
  readonly title: string;
  readonly mark: 'questions' | 'timeline';
  /** Its style sheets, as they lie in the extension: the page does not show before it has them. */
  readonly styles: readonly string[];
}

/** The page of a panel: no inline style, one script by nonce, no connection to anywhere. */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { title, mark, styles }: Page,
): string {
  const nonce = randomBytes(18).toString('base64');
  const address = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, path)).toString();
  const links = styles.map((path) => `<link rel="stylesheet" href="${address(path)}">`);
  const policy = [
    `default-src 'none'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${links.join('\n')}
<title>${title}</title>
</head>
<body data-page="${mark}" data-workspace="${workspaceMark()}">
<script type="module" nonce="${nonce}" src="${address('dist/panel.js')}"></script>
</body>
</html>`;
}

/** Panels of all windows share one storage in the browser; this keeps their words apart. */
function workspaceMark(): string {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const uris = workspaceFile ? [workspaceFile] : (workspaceFolders ?? []).map(({ uri }) => uri);
  return createHash('sha256').update(uris.join('\n')).digest('hex').slice(0, 16);
}
