import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useFolderInput } from '../../../ui/use-folder-input';
import { type Folder, folderOfFiles, folderOfHandle } from '../model/folder';

interface Props {
  label: string;
  variant?: 'filled' | 'default';
  onFolder: (folder: Folder) => void;
}

/**
 * Lets the user choose a folder: by the File System Access API, which can open it again after a reload, else
 * by a file input.
 */
export function FolderButton({ label, variant = 'filled', onFolder }: Props) {
  const folder = useFolderInput((files) => files.length > 0 && onFolder(folderOfFiles(files)));
  const choose = async () => {
    const pick = (window as { showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle> })
      .showDirectoryPicker;
    if (!pick) {
      folder.choose();
      return;
    }
    // Closing the dialog without a choice is no failure.
    const handle = await pick().catch(() => null);
    if (handle) onFolder(await folderOfHandle(handle));
  };
  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconFolderOpen size={18} aria-hidden />}
        onClick={() => void choose()}
      >
        {label}
      </Button>
      {folder.input}
    </>
  );
}
