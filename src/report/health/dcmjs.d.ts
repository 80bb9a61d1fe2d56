/** The part of dcmjs that is used here: it has no types of its own. */
declare module 'dcmjs' {
  type Tagged = Record<string, unknown>;
  export const data: {
    DicomMetaDictionary: { denaturalizeDataset(dataset: object): Tagged };
    DicomDict: new (
      meta: Tagged,
    ) => {
      dict: Tagged;
      write(options?: { fragmentMultiframe?: boolean }): ArrayBuffer;
    };
  };
}
