/** Opens the browser's print dialogue for a PDF, in a frame that nobody sees. */
export function printPdf(pdf: Blob): void {
  const url = URL.createObjectURL(pdf);
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'PDF';
  frame.src = url;
  frame.onload = () => {
    try {
      frame.contentWindow?.print();
    } catch {
      // A browser whose PDF viewer is another origin's: shown in a tab of its own, where it can be printed.
      window.open(url);
    }
  };
  document.body.append(frame);
  // Nothing tells when the dialogue is closed.
  const minute = 60_000;
  setTimeout(() => {
    frame.remove();
    URL.revokeObjectURL(url);
  }, 10 * minute);
}
