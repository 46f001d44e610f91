import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Two entries: the workspace of staff, and the patient's phone, which shares nothing heavy with it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_100,
    manifest: true,
    rollupOptions: {
      input: { workspace: 'index.html', patient: 'patient.html' },
    },
  },
});
