/** Installs what node_modules lacks; with the rig, also the workbench and the browser. */
export function ensure(options?: { readonly withRig?: boolean }): Promise<void>;
