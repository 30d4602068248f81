# What an installation holds, and the Debian package of it (scripts/package).
set(made ${CMAKE_BINARY_DIR}/package)
file(MAKE_DIRECTORY ${made})

# Manual and completions come from the program itself, so that they miss nothing.
function(parcelwake_printed_file file)
  add_custom_command(
    OUTPUT ${made}/${file}
    COMMAND parcelwake ${ARGN} > ${made}/${file}
    DEPENDS parcelwake
    COMMENT "Writing package/${file}"
    VERBATIM)
endfunction()
parcelwake_printed_file(parcelwake.1 manual)
parcelwake_printed_file(parcelwake.bash completion bash)
parcelwake_printed_file(_parcelwake completion zsh)
parcelwake_printed_file(parcelwake.fish completion fish)
add_custom_command(
  OUTPUT ${made}/parcelwake.1.gz ${made}/changelog.gz
  COMMAND gzip -9nc ${made}/parcelwake.1 > ${made}/parcelwake.1.gz
  COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/CHANGELOG.md > ${made}/changelog.gz
  DEPENDS ${made}/parcelwake.1 ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  VERBATIM)
add_custom_target(package_files ALL
  DEPENDS ${made}/parcelwake.1.gz ${made}/changelog.gz ${made}/parcelwake.bash ${made}/_parcelwake
          ${made}/parcelwake.fish)

set(packaging ${CMAKE_SOURCE_DIR}/packaging)
install(TARGETS parcelwake RUNTIME DESTINATION bin)
install(FILES ${made}/parcelwake.1.gz DESTINATION share/man/man1)
install(FILES ${made}/parcelwake.bash DESTINATION share/bash-completion/completions RENAME parcelwake)
install(FILES ${made}/_parcelwake DESTINATION share/zsh/vendor-completions)
install(FILES ${made}/parcelwake.fish DESTINATION share/fish/vendor_completions.d)
install(FILES ${made}/changelog.gz ${packaging}/debian/copyright ${CMAKE_SOURCE_DIR}/README.md
              ${CMAKE_SOURCE_DIR}/docs/parcelwake.toml
        DESTINATION share/doc/parcelwake)
install(FILES ${packaging}/parcelwake.service DESTINATION /lib/systemd/system)
install(FILES ${packaging}/parcelwake.toml DESTINATION /etc/parcelwake PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME parcelwake)
set(CPACK_PACKAGE_VENDOR Parcelwake)
set(CPACK_PACKAGE_CONTACT "Parcelwake maintainers <maintainers@parcelwake.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "shipment-tracking server that speaks the APIs of hosted services")
set(CPACK_PACKAGE_DESCRIPTION
    "Parcelwake keeps trackings of parcels, asks their carriers and answers the APIs
of TrackingMore, Tracktry and Trackru, so that a program written for one of
them keeps its client and changes its base URL. It needs no other service.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${packaging}/debian/conffiles ${packaging}/debian/postinst ${packaging}/debian/prerm ${packaging}/debian/postrm)
include(CPack)
