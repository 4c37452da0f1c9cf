/** Where the person's picture comes from: a file that is still to be uploaded, or one that the server has. */
export type PhotoSource =
  | { kind: 'file'; file: File; preview: string }
  | { kind: 'stored'; url: string; preview: string; own: boolean }
