/**
 * A file or link that is dropped where nothing takes it would replace the page, and all that is open in it. The
 * screens that take files listen for themselves. Text may be dropped into a field.
 */
export function keepPageOnDrop(): void {
  const refuse = (event: DragEvent) => {
    const inField = event.target instanceof Element && event.target.closest('input, textarea');
    if (!inField || event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  // Before any part of the page, which may stop the event or be gone when it comes.
  window.addEventListener('dragover', refuse, { capture: true });
  window.addEventListener('drop', refuse, { capture: true });
}
