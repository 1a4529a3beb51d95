import * as vscode from 'vscode';
import type { openQuestionPanel, QuestionPanelNeeds } from './questionPanel.ts';
import { viewType } from './viewType.ts';

export interface Questions extends vscode.Disposable {
  /** Shows the panel, at one question where one is named. */
  open(question?: number): void;
}

/** The question panel, loaded when the start is over, or as soon as somebody or a reload wants it. */
export function openQuestions(needs: QuestionPanelNeeds): Questions {
  let loading: Promise<ReturnType<typeof openQuestionPanel>> | undefined;
  let isOver = false;
  const load = async (): Promise<ReturnType<typeof openQuestionPanel>> => {
    const { openQuestionPanel } = await import('./questionPanel.ts');
    const panel = openQuestionPanel(needs);
    if (isOver) panel.dispose();
    return panel;
  };
  const panel = () => (loading ??= load());
  const failed = (error: unknown) =>
    needs.log.error('The question panel could not be loaded.', String(error));
  const soon = setImmediate(() => void panel().catch(failed));
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: async (kept) => (await panel()).revive(kept),
  });
  return {
    open: (question) => void panel().then((one) => one.open(question), failed),
    dispose: () => {
      isOver = true;
      clearImmediate(soon);
      serializer.dispose();
      void loading?.then((one) => void one.dispose(), failed);
    },
  };
}
