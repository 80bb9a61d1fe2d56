import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useRef } from 'react';
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
  const input = useRef<HTMLInputElement>(null);
  const choose = async () => {
    const pick = (window as { showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle> })
      .showDirectoryPicker;
    if (!pick) {
      input.current?.click();
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
      <input
        ref={input}
        type="file"
        hidden
        multiple
        // React knows the attribute only in its types for HTML inputs of some browsers.
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) onFolder(folderOfFiles([...currentTarget.files]));
          currentTarget.value = '';
        }}
      />
    </>
  );
}
