export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What a shell must read so that it asks us what a word may become. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

/** Answers come one a line, a tab before the description; `:files` alone means that the shell should look itself. */
const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of tscompose for bash. To have it in every shell, put this line into ~/.bashrc:
#   source <(tscompose completion bash)
_tscompose() {
  local found IFS=$'\\n'
  found=($(tscompose __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  COMPREPLY=()
  if [[ "\${found[0]}" == ':files' ]]; then
    compopt -o default
    return
  fi
  COMPREPLY=("\${found[@]%%$'\\t'*}")
  # What ends in = goes on.
  if [[ "\${COMPREPLY[0]}" == *= ]]; then compopt -o nospace; fi
}
complete -F _tscompose tscompose
`,
  zsh: `#compdef tscompose
# Completion of tscompose for zsh. To have it in every shell, put this line into ~/.zshrc, after compinit:
#   source <(tscompose completion zsh)
_tscompose() {
  local -a found texts shown
  local line
  found=("\${(@f)$(tscompose __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${found[1]}" == ':files' ]]; then
    _files
    return
  fi
  for line in "\${found[@]}"; do
    [[ -z "$line" ]] && continue
    texts+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  (( \${#texts} )) && compadd -l -d shown -a texts
}
compdef _tscompose tscompose
`,
  fish: `# Completion of tscompose for fish. To have it in every shell:
#   tscompose completion fish > ~/.config/fish/completions/tscompose.fish
function __tscompose_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (tscompose __complete -- $words[2..-1] 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $found
    end
end
complete -c tscompose -f -a '(__tscompose_complete)'
`,
};
