#!/bin/sh
# Plays the tutorial's curl session against a running example and stops at the first answer that is not as expected.
#   ./session.sh [address]        http://127.0.0.1:5000 by default
set -eu
api=${1:-http://127.0.0.1:5000}/api
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# expect STATUS curl-arguments…: the answer's body is then in $answer
expect() {
    wanted=$1
    shift
    printf '$ curl %s\n' "$*"
    status=$(curl -sS -o "$body" -w '%{http_code}' "$@")
    answer=$(cat "$body")
    printf '%s %s\n\n' "$status" "$answer"
    if [ "$status" != "$wanted" ]; then
        echo "expected $wanted" >&2
        exit 1
    fi
}
says() {
    case $answer in
        *"$1"*) ;;
        *)
            echo "expected $1" >&2
            exit 1
            ;;
    esac
}
member() { printf '%s' "$answer" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

expect 201 -X POST -H 'Content-Type: application/json' -d '{"username":"miguel","password":"python"}' "$api/users"
says '"username":"miguel"'
expect 400 -X POST -H 'Content-Type: application/json' -d '{"username":"miguel","password":"python"}' "$api/users"
expect 200 "$api/users/miguel"

expect 200 -u miguel:python "$api/resource"
says 'Hello, miguel!'
expect 401 -u miguel:ruby "$api/resource"
expect 401 "$api/resource"

expect 200 -u miguel:python "$api/token"
says '"duration":600'
token=$(member token)

expect 200 -H "Authorization: Bearer $token" "$api/resource"
says 'Hello, miguel!'
expect 200 -u "$token:" "$api/resource"
says 'Hello, miguel!'
expect 401 -u "${token%?}:" "$api/resource"
expect 401 -u "$token:" "$api/token"

expect 200 -u "$token:" "$api/tokens"
id=$(member id)
expect 204 -X DELETE -u miguel:python "$api/tokens/$id"
expect 401 -u "$token:" "$api/resource"
expect 404 -X DELETE -u miguel:python "$api/tokens/00000000000000000000000000000000"
echo 'as in the tutorial'
