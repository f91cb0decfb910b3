/**
 * What is used of Observable Plot. The build replaces this file by Plot itself, with what it needs of d3, in
 * one piece: its two hundred modules take more than 100 ms to load, one takes 20.
 */
export type { Markish, PlotOptions, ScaleOptions } from '@observablehq/plot'
export {
  areaY,
  barX,
  barY,
  cell,
  dot,
  line,
  plot,
  rectY,
  ruleX,
  ruleY,
  text,
  tickX,
} from '@observablehq/plot'
