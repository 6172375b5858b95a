# Finds a JDK 25 and exports JAVA_HOME, so that `./mvnw` and `./ledger` work where the default `java` is older.
# Sourced by both. Says in one line what is missing and returns 1 where there is none.
# Looks at JAVA_HOME, JAVA_HOME_25_X64, JDK_25_HOME, the `java` on the PATH, then where systems and version managers keep JDKs.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk_25() {
  on_path=$(command -v javac 2>/dev/null) || on_path=
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME-}" "${JAVA_HOME_25_X64-}" "${JDK_25_HOME-}" "$on_path"; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  find -L /usr/lib/jvm /usr/java /opt /opt/java /Library/Java/JavaVirtualMachines \
    "${HOME-}/.sdkman/candidates/java" "${HOME-}/.jdks" "${HOME-}/.jenv/versions" "${HOME-}/.asdf/installs/java" "${HOME-}/.local/share/mise/installs/java" \
    -maxdepth 3 -name release -type f 2>/dev/null |
    while IFS= read -r release; do
      if is_jdk_25 "$(dirname "$release")"; then
        dirname "$release"
        break
      fi
    done
}

jdk_25=$(find_jdk_25)
if [ -z "$jdk_25" ]; then
  echo "No JDK 25 found: install one (for example Temurin 25) or point JAVA_HOME at it." >&2
  return 1
fi
JAVA_HOME=$jdk_25
export JAVA_HOME
