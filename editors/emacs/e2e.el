;;; e2e.el --- copydesk in Emacs, without a window  -*- lexical-binding: t; coding: utf-8 -*-

;; emacs -Q --batch -l editors/emacs/e2e.el
;; `copydesk' must be on PATH; NEWSROOM names a copy of the folder with the articles; editors/test.sh sees to both.
;; What turns copydesk on is taken from guides/emacs.md, so that the guide cannot go wrong unseen.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'imenu)
(require 'xref)

(defvar e2e-passed 0)
(defvar e2e-failed 0)
(defconst e2e-folder (file-name-directory (or load-file-name buffer-file-name)))
(defconst e2e-lost "“Nobody asked the fishermen before the timetable was printed.”")

(defun e2e-until (ask)
  "Call ASK until it returns non-nil, for at most ten seconds."
  (let ((end (+ (float-time) 10)) value)
    (while (and (not (setq value (funcall ask))) (< (float-time) end))
      (accept-process-output nil 0.02))
    value))

(defmacro e2e-expect (name &rest body)
  "Wait until BODY is non-nil, and count the outcome under NAME."
  (declare (indent 1))
  `(let* (problem
          (value (e2e-until (lambda () (condition-case err (progn ,@body) (error (setq problem err) nil))))))
     (if value (setq e2e-passed (1+ e2e-passed)) (setq e2e-failed (1+ e2e-failed)))
     (princ (format "%s - %s%s\n" (if value "ok" "NOT ok") ,name
                    (cond ((stringp value) (concat "  # " (replace-regexp-in-string "[ \n]+" " " value)))
                          ((and (not value) problem) (format "  # %S" problem))
                          (t ""))))
     value))

(defun e2e-go (words)
  "Put point into WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (1+ (match-beginning 0))))

(defun e2e-findings ()
  "The words that are underlined."
  ;; No idle timers run in batch mode, which would send the changes and ask Flymake.
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (accept-process-output nil 0.02)
  (mapcar (lambda (d) (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))
          (flymake-diagnostics)))

(defun e2e-hover ()
  "What eldoc is told about the word at point."
  (let (text)
    (run-hook-wrapped 'eldoc-documentation-functions
                      (lambda (f)
                        (ignore-errors
                          (funcall f (lambda (s &rest _) (when s (setq text (concat text (substring-no-properties s)))))))
                        nil))
    (let ((end (+ (float-time) 2)))
      (while (and (not text) (< (float-time) end)) (accept-process-output nil 0.02)))
    text))

(princ (format "# Emacs %s\n" emacs-version))
(setq make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-sync-connect 10 eglot-autoshutdown t eglot-events-buffer-config '(:size 0))

(with-temp-buffer
  (insert-file-contents (expand-file-name "../guides/emacs.md" e2e-folder))
  (search-forward "```elisp\n")
  (let ((start (point)))
    (search-forward "```")
    (eval-region start (match-beginning 0))))

(find-file (expand-file-name "ferry.txt" (getenv "NEWSROOM")))
;; `eglot-ensure' waits for the next command, and batch mode has none.
(run-hooks 'post-command-hook)

(e2e-expect "eglot manages an article when it is opened, as the guide says"
  (and (eglot-managed-p) (symbol-name major-mode)))
(e2e-expect "the unattributed quote is underlined, exactly"
  (equal (e2e-findings) (list e2e-lost)))
(e2e-go "Merkel")
(e2e-expect "hover tells the office on the date of the article"
  (let ((text (e2e-hover))) (and (string-match-p "Angela Merkel" text) (string-match-p "[Cc]hancellor" text) text)))
(e2e-expect "imenu lists people and their quotes"
  (let ((text (format "%S" (imenu--make-index-alist t))))
    (and (string-match-p "Angela Merkel" text) (string-match-p "The sea divides" text) (string-match-p "Ingrid Solheim" text))))
(e2e-go "Solheim will")
(e2e-expect "definition goes to the first mention"
  (let* ((xref (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
         (line (xref-location-line (xref-item-location xref))))
    (and (= line (save-excursion (e2e-go "Ingrid Solheim") (line-number-at-pos))) (xref-item-summary xref))))
(e2e-go "Merkel")
(e2e-expect "references find every mention"
  (= 2 (length (seq-uniq (mapcar (lambda (x) (xref-location-line (xref-item-location x)))
                                 (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot)))))))
(e2e-go "Merkel")
(eglot-inlay-hints-mode 1)
(eglot--update-hints-1 (point-min) (point-max))
(e2e-expect "who spoke is written at pronouns"
  (string-match-p "(Solheim)"
                  (mapconcat (lambda (o) (or (overlay-get o 'before-string) (overlay-get o 'after-string) ""))
                             (overlays-in (point-min) (point-max)) " ")))
(e2e-go "Solheim will")
(eglot-rename "Solhaug")
(e2e-expect "rename changes every mention of the person"
  (and (string-match-p "Ingrid Solhaug" (buffer-string)) (string-match-p "^Solhaug will" (buffer-string))))
(eglot-rename "Solheim")
(e2e-go "fishermen")
(e2e-findings)
(let ((action (seq-find (lambda (a) (string-match-p "Solheim said" (plist-get a :title)))
                        (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix"))))
  (eglot-execute (eglot-current-server) action)
  (e2e-expect "the quick fix names a speaker"
    (and (string-match-p "printed,” [A-Za-z ]*Solheim said\\." (buffer-string))
         (null (e2e-findings))
         (plist-get action :title))))
(goto-char (point-min))
(re-search-forward "printed,” [A-Za-z ]*Solheim said\\.")
(replace-match "printed.”" t t)
(e2e-go "printed.”")
(delete-region (match-beginning 0) (match-end 0))
(insert "printed,” said Jonas Lund, who fishes for cod.")
(e2e-expect "the underline goes when the speaker is written"
  (null (e2e-findings)))
(set-buffer-modified-p nil)
(let ((server (eglot-current-server)))
  (eglot-shutdown server)
  (e2e-expect "the server stops" (not (jsonrpc-running-p server))))

(princ (format "%d passed, %d failed\n" e2e-passed e2e-failed))
(kill-emacs (if (> e2e-failed 0) 1 0))
;;; e2e.el ends here
