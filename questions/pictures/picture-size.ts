/** How many pixels a picture has. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}
