/** Why a checkpoint cannot be used: a file is missing, cut off or changed. Never leaves the store. */
export class Damage extends Error {
  override name = 'Damage'
}
