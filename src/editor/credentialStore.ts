import type { SecretStorage, Uri } from 'vscode';
import type { Bearer } from '../contract/actor.ts';

/** Tokens in plain, only in SecretStorage, by workspace and holder. */
export class CredentialStore {
  readonly #secrets: SecretStorage;
  readonly #workspace: string;

  constructor(secrets: SecretStorage, storage: Uri) {
    this.#secrets = secrets;
    this.#workspace = storage.path.replace(/-\d(\/[^/]+)$/u, '$1');
  }

  read(holder: Bearer): Thenable<string | undefined> {
    return this.#secrets.get(this.#key(holder));
  }

  keep(holder: Bearer, token: string): Thenable<void> {
    return this.#secrets.store(this.#key(holder), token);
  }

  forget(holder: Bearer): Thenable<void> {
    return this.#secrets.delete(this.#key(holder));
  }

  /** A token that another workspace kept is this one's from now on. */
  async takeOver(other: CredentialStore, holder: Bearer): Promise<void> {
    const token = await other.read(holder);
    if (token === undefined) return;
    await this.keep(holder, token);
    await other.forget(holder);
  }

  #key(holder: number | 'orchestrator'): string {
    return `${this.#workspace}#${holder}`;
  }
}
