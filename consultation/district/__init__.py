"""What an office above does about matters, from /admin/: demand answers (督办), and answer what was passed upward."""
