/** Colours that people with any kind of colour vision tell apart (Okabe and Ito). */
const LINES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f', '#8c564b']

/** The colour of the line with this number. */
export const lineColour = (index: number): string => LINES[index % LINES.length] ?? ''

export const INK = '#1f2328'
export const FAINT_INK = '#59636e'
export const GRID = '#e5e9ed'
export const BORDER = '#d1d9e0'
export const PAPER = '#ffffff'

/** As Grafana's thresholds. */
export const LEVELS = { green: '#1a7f37', orange: '#bc4c00', red: '#cf222e' } as const
