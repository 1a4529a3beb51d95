export type Settings = Readonly<Record<string, unknown>>;

/** As the theme picker lists them, and the class the workbench then wears. */
export const themes = {
  light: { label: 'Light Modern', className: 'vs' },
  dark: { label: 'Dark Modern', className: 'vs-dark' },
  'hc-black': { label: 'Dark High Contrast', className: 'hc-black' },
  'hc-light': { label: 'Light High Contrast', className: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

/** Nothing that talks to the network, asks a newcomer a question or changes by itself. */
export const quiet: Settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'security.workspace.trust.enabled': false,
  'window.autoDetectColorScheme': false,
  'remote.autoForwardPorts': false,
  'workbench.colorTheme': themes.dark.label,
  // What is witnessed has tests of its own.
  // Nor runs anything by itself.
  'lockkeeper.verify.onResult': false,
  'lockkeeper.evidence.required': { high: 'claimed', normal: 'claimed', low: 'claimed' },
};

/** What moves, or is drawn twice: a browser without a graphics card draws it with the processor. */
export const still: Settings = {
  'terminal.integrated.gpuAcceleration': 'off',
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
};
