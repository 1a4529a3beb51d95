import type { Tokens } from './agents/tokens.ts';
import type { CredentialStore } from './editor/credentialStore.ts';
import type { House } from './editor/house.ts';

/** What the window hands out: new tokens, and what an agent needs to connect with one that is kept. */
export function credentialsOf(
  tokens: Pick<Tokens, 'mint'>,
  store: CredentialStore,
  { url, stdio }: { readonly url: () => string | undefined; readonly stdio: string },
): House['credentials'] {
  return {
    mint() {
      const { token, ...rest } = tokens.mint();
      return { ...rest, keep: (worker) => store.keep(worker, token) };
    },
    lendSeat() {
      const { token, ...rest } = tokens.mint();
      return { ...rest, keep: () => store.keep('orchestrator', token) };
    },
    async connection(holder) {
      const token = await store.read(holder);
      const address = url();
      return token === undefined || address === undefined ? undefined : { url: address, token, stdio };
    },
  };
}
